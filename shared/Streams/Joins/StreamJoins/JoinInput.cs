namespace KafkaFunctions.Streams.Joins.StreamJoins;

/// <summary>A record of a side, and the clock that it met.</summary>
/// <param name="Value">Its value, as it is stored.</param>
/// <param name="StreamTime">Its partition's stream time, itself included.</param>
internal readonly record struct JoinInput(byte[] Value, long StreamTime);
