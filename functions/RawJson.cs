namespace KafkaFunctions.App;

/// <summary>A record's JSON on its way to another topic, and what of it a function looks at.</summary>
/// <typeparam name="TFacts">What the function looks at.</typeparam>
/// <param name="Json">The JSON as it arrived.</param>
/// <param name="Facts">What its way depends on.</param>
internal readonly record struct RawJson<TFacts>(byte[]? Json, TFacts Facts);
