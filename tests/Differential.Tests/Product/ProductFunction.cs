using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Processing;

namespace KafkaFunctions.Differential.Tests.Product;

/// <summary>A function of a case: the one of a side.</summary>
internal sealed record ProductFunction(string Name, string Topic, StreamProcessor Processor)
{
    public StreamFunction Function { get; } = new(Name, HonouredIdentities.None);
}
