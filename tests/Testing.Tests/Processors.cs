using System.Globalization;
using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Tables;
using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.Testing.Tests;

/// <summary>Processors under test: text keys, whole numbers as values.</summary>
internal static class Processors
{
    public static StreamProcessor Double() => KStream.From(Serdes.Utf8, Serdes.Int64)
        .FlatMapValues(value => new[] { value, value * 2 })
        .To(Serdes.Utf8, Serdes.Int64);

    public static StreamProcessor Sort() => KStream.From(Serdes.Utf8, Serdes.Int64)
        .Split()
        .Branch((_, value) => value % 2 == 0, even => even.To(Serdes.Utf8, Serdes.Int64, "Even"))
        .Default(odd => odd.To(Serdes.Utf8, Serdes.Int64, "Odd"));

    public static StreamProcessor Sum() => KStream.From(Serdes.Utf8, Serdes.Int64)
        .GroupByKey(Serdes.Utf8)
        .Aggregate(() => 0L, (_, value, sum) => sum + value, "sums", Serdes.Int64)
        .ToStream()
        .To(Serdes.Utf8, Serdes.Int64);

    public static StreamProcessor Number() => KStream.From(Serdes.Utf8, Serdes.Int64)
        .GroupByKey(Serdes.Utf8)
        .Process<long, string>(NumberOne, "numbers", Serdes.Int64, Serdes.Utf8!)
        .To(Serdes.Utf8, Serdes.Utf8!);

    /// <summary>A table taken together by the last digit of its values.</summary>
    public static StreamProcessor Regroup() => KTable.From(Serdes.Utf8, Serdes.Nullable(Serdes.Int64), "latest")
        .GroupBy((_, value) => new KeyValue<string?, long>((value!.Value % 10).ToString(CultureInfo.InvariantCulture), value.Value), Serdes.Utf8)
        .Aggregate(() => 0L, (_, item, sum) => sum + item, (_, item, sum) => sum - item, "groups", Serdes.Int64)
        .ToStream()
        .To(Serdes.Utf8, Serdes.Int64);

    /// <summary>A table taken together by its keys: what it comes to does not depend on the values in between.</summary>
    public static StreamProcessor RegroupByKey() => KTable.From(Serdes.Utf8, Serdes.Nullable(Serdes.Int64), "latest")
        .GroupBy((key, value) => new KeyValue<string?, long>(key is "a" or "b" ? "first" : "last", value!.Value), Serdes.Utf8)
        .Aggregate(() => 0L, (_, item, sum) => sum + item, (_, item, sum) => sum - item, "groups", Serdes.Int64)
        .ToStream()
        .To(Serdes.Utf8, Serdes.Int64);

    /// <summary>Windows whose results are held for a time: a batch has some that fall due and change again.</summary>
    public static StreamProcessor HoldWindows() => KStream.From(Serdes.Utf8, Serdes.Int64)
        .GroupByKey(Serdes.Utf8)
        .WindowedBy(TimeWindows.Tumbling(TimeSpan.FromSeconds(5)))
        .Reduce((sum, value) => sum + value, "windows", Serdes.Int64)
        .Suppress(Suppressed.UntilTimeLimit(TimeSpan.FromSeconds(2)))
        .To(Serdes.WindowedJson(Serdes.Utf8), Serdes.Int64);

    /// <summary>The same of sessions, some of which are emitted before they go into others.</summary>
    public static StreamProcessor HoldSessions() => KStream.From(Serdes.Utf8, Serdes.Int64)
        .GroupByKey(Serdes.Utf8)
        .WindowedBy(SessionWindows.Of(TimeSpan.FromSeconds(4)))
        .Count("sessions")
        .Suppress(Suppressed.UntilTimeLimit(TimeSpan.FromSeconds(1)))
        .To(Serdes.WindowedJson(Serdes.Utf8), Serdes.Int64);

    private static long NumberOne(string? key, long next, Record<string?, long> record, Emitter<string> emitter)
    {
        emitter.Emit(FormattableString.Invariant($"{next}:{record.Value}"));
        return next + 1;
    }
}
