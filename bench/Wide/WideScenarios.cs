using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.Bench.Wide;

/// <summary>The shapes that windows come in.</summary>
internal static class WideScenarios
{
    private const long First = 1_700_000_000_000;
    private const int Second = 1_000;
    private const int Minute = 60 * Second;

    /// <summary>Records of a batch that is of few keys: there are soon more pages than records that are about old windows, or their share
    /// of a page would grow with the number of windows.</summary>
    private const int Few = 200;

    private static readonly TimeSpan Grace = TimeSpan.FromDays(400);

    /// <param name="windows">Open windows in the end.</param>
    /// <param name="sessions">Sessions of the one key.</param>
    public static IEnumerable<WideScenario> Create(int windows, int sessions)
    {
        var many = Math.Max(1, windows / 10);
        yield return new WideScenario
        {
            Name = "many keys, 10 tumbling windows each",
            Processor = Count(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)).WithGrace(Grace), "wide-many"),
            Next = id => (id % many, Aligned(Minute) + ((long)(id / many) * Minute)),
            Again = timestamp => timestamp + (30 * Second),
            Windows = windows,
        };
        yield return new WideScenario
        {
            Name = "10 keys, many tumbling windows each",
            Processor = Count(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)).WithGrace(Grace), "wide-few"),
            Next = id => (id % 10, First + ((long)(id / 10) * Second)),
            Again = timestamp => timestamp + 500,
            Windows = windows,
            BatchSize = Few,
        };
        yield return new WideScenario
        {
            Name = "1 key, many sessions",
            Processor = Sessions(SessionWindows.Of(TimeSpan.FromSeconds(1)).WithGrace(Grace), "wide-sessions"),
            Next = id => (0, First + ((long)id * 3 * Second)),
            Again = timestamp => timestamp + 500,
            Windows = sessions,
            BatchSize = Few,
        };
        yield return new WideScenario
        {
            Name = "10 keys, hopping windows, 1,000 at a time",
            Processor = Count(TimeWindows.Hopping(TimeSpan.FromSeconds(1_000), TimeSpan.FromSeconds(1)).WithGrace(Grace), "wide-hopping"),
            Next = id => (id % 10, Aligned(1_000 * Second) + ((long)(id / 10) * 1_000 * Second)),
            Again = timestamp => timestamp + 500,
            Overlap = 1_000,
            Windows = windows,
            BatchSize = 10,
        };
        yield return new WideScenario
        {
            Name = "10 keys, many tumbling windows each, all closed at once",
            Processor = Finals(TimeWindows.Tumbling(TimeSpan.FromSeconds(1)).WithGrace(Grace), "wide-finals"),
            Next = id => (id % 10, First + ((long)(id / 10) * Second)),
            Again = timestamp => timestamp + 500,
            Windows = windows,
            Closes = true,
        };
    }

    /// <summary>A time at which all windows of the scenarios are closed.</summary>
    public static long ClosesAll(long last) => last + (long)(2 * Grace.TotalMilliseconds);

    private static long Aligned(long size) => First / size * size;

    private static StreamProcessor Count(TimeWindows windows, string store) => KStream
        .From(Serdes.Utf8, Serdes.Bytes)
        .GroupByKey(Serdes.Utf8)
        .WindowedBy(windows)
        .Count(store)
        .To(Serdes.TimeWindowed(Serdes.Utf8, TimeSpan.FromMilliseconds(windows.SizeMilliseconds)), Serdes.Int64);

    private static StreamProcessor Finals(TimeWindows windows, string store) => KStream
        .From(Serdes.Utf8, Serdes.Bytes)
        .GroupByKey(Serdes.Utf8)
        .WindowedBy(windows)
        .EmitFinal()
        .Count(store)
        .To(Serdes.TimeWindowed(Serdes.Utf8, TimeSpan.FromMilliseconds(windows.SizeMilliseconds)), Serdes.Int64);

    private static StreamProcessor Sessions(SessionWindows windows, string store) => KStream
        .From(Serdes.Utf8, Serdes.Bytes)
        .GroupByKey(Serdes.Utf8)
        .WindowedBy(windows)
        .Count(store)
        .To(Serdes.SessionWindowed(Serdes.Utf8), Serdes.Int64);
}
