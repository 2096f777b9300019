using System.Globalization;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.InMemory;

namespace KafkaFunctions.Streams.Tests.State;

/// <summary>A test with a storage that outlives its apps.</summary>
public abstract class StateTest : IAsyncDisposable
{
    private protected InMemoryStateStorage Storage { get; } = new();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Storage.DisposeAsync();
    }

    internal static KStream<string?, string?> Source() => KStream.From(Serdes.Utf8, Serdes.Utf8);

    /// <summary>Counts per key.</summary>
    internal static StreamProcessor Counting() => Source()
        .GroupByKey(Serdes.Utf8)
        .Count("counts")
        .ToStream()
        .MapValues(count => count.ToString(CultureInfo.InvariantCulture))
        .To(Serdes.Utf8, Serdes.Utf8!);
}
