namespace KafkaFunctions.Bench.State;

/// <summary>A record of a topic that functions with state read.</summary>
/// <param name="Key">Number of its key.</param>
/// <param name="Number">Its place among the records of the key, from 1.</param>
/// <param name="Value">Its text.</param>
internal readonly record struct StateEvent(int Key, long Number, string Value);
