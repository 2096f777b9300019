namespace KafkaFunctions.Counting;

/// <summary>A value of a table.</summary>
/// <param name="Name">A name.</param>
/// <param name="Visits">A number.</param>
public sealed record Profile(string Name, int Visits);
