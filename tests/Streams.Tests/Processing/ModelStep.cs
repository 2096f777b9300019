using KafkaFunctions.Streams.Processing;

namespace KafkaFunctions.Streams.Tests.Processing;

/// <summary>An operator, and what it means for one record in plain LINQ.</summary>
internal sealed record ModelStep(
    string Name,
    Func<KStream<int, long>, KStream<int, long>> Build,
    Func<ModelRecord, IEnumerable<ModelRecord>> Reference)
{
    public override string ToString() => Name;
}
