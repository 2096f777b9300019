namespace KafkaFunctions.Bench.Speed;

/// <summary>What all contenders of a race read and write.</summary>
/// <param name="BootstrapServers">The broker.</param>
/// <param name="Input">The topic that they read.</param>
/// <param name="Output">The topic that they write.</param>
internal sealed record RaceTopics(string BootstrapServers, string Input, string Output);
