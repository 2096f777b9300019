using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.Bench.CountApp;

/// <summary>What the functions that count by window are made of. The peer (Peers/KafkaStreamsWindows) has the same windows.</summary>
internal static class WindowedCounts
{
    /// <summary>How long after its end a window takes records: longer than any record of the run is behind.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    public static StreamProcessor Tumbling() => Over(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)), "count-tumbling");

    public static StreamProcessor Hopping() => Over(TimeWindows.Hopping(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1)), "count-hopping");

    public static StreamProcessor Sessions() => KStream
        .From(Serdes.Utf8, Serdes.Bytes)
        .GroupByKey(Serdes.Utf8)
        .WindowedBy(SessionWindows.Of(TimeSpan.FromSeconds(30)).WithGrace(Grace))
        .Count("count-sessions")
        .To(Serdes.SessionWindowed(Serdes.Utf8), Serdes.Int64);

    private static StreamProcessor Over(TimeWindows windows, string store) => KStream
        .From(Serdes.Utf8, Serdes.Bytes)
        .GroupByKey(Serdes.Utf8)
        .WindowedBy(windows.WithGrace(Grace))
        .Count(store)
        .To(Serdes.TimeWindowed(Serdes.Utf8, TimeSpan.FromMilliseconds(windows.SizeMilliseconds)), Serdes.Int64);
}
