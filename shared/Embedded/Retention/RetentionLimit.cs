namespace KafkaFunctions.Embedded.Retention;

/// <summary>What a partition may keep.</summary>
/// <param name="AppendedSince">Records appended before this moment go, in milliseconds since 1970; null keeps them for ever.</param>
/// <param name="Bytes">Most bytes of records; null without limit.</param>
internal readonly record struct RetentionLimit(long? AppendedSince, long? Bytes);
