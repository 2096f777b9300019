using KafkaFunctions.Bench.App;

namespace KafkaFunctions.Bench.Speed;

/// <summary>What all contenders read and write.</summary>
/// <param name="BootstrapServers">The broker.</param>
internal sealed record SpeedTopics(string BootstrapServers)
{
    public static string Input => Pipeline.Filter.Topic;

    public static string Output => Pipeline.Output;

    public static string Condition => Pipeline.FilterCondition;
}
