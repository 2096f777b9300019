using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.State.Queries;

namespace KafkaFunctions.SelfHost.Tests.CommandLine.State;

/// <summary>The stores of a function.</summary>
internal sealed class FixedStores(string function, StreamProcessor processor) : IStoreCatalog
{
    public string Application => "app";

    public IReadOnlyList<DeclaredStore> Stores => [.. processor.Stores.Select(store => new DeclaredStore(function, store))];
}
