namespace KafkaFunctions.Simulation.Pipeline;

/// <summary>A record from outside.</summary>
/// <param name="Topic">Where it goes.</param>
/// <param name="Key">Its key; null for none: it then goes to any partition.</param>
/// <param name="Value">Its value; null for bytes that nobody can read.</param>
/// <param name="Timestamp">Its event time.</param>
internal sealed record Input(string Topic, long? Key, long? Value, long Timestamp);
