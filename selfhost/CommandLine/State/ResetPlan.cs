using KafkaFunctions.SelfHost.CommandLine.Groups;

namespace KafkaFunctions.SelfHost.CommandLine.State;

/// <summary>What a reset deletes.</summary>
/// <param name="Consumers">The functions that begin anew.</param>
/// <param name="Stores">Their stores.</param>
internal sealed record ResetPlan(IReadOnlyList<FunctionConsumer> Consumers, IReadOnlyList<string> Stores)
{
    public string Functions => List(Consumers.Select(consumer => consumer.Function));

    public string Groups => List(Consumers.Select(consumer => $"'{consumer.ConsumerGroup}'"));

    public string Topics => List(Consumers.Select(consumer => consumer.Topic));

    public string StoreNames => List(Stores.Select(store => $"'{store}'"));

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Distinct());
}
