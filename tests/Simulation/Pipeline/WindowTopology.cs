using KafkaFunctions.Reference.Specifications;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Tables;
using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.Simulation.Pipeline;

/// <summary>What windowed aggregations do with their records.</summary>
internal static class WindowTopology
{
    // In wall time: longer than anything but the time that goes by when all is quiet.
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    /// <summary>How the keys of results are written: with start and end, whatever the windows.</summary>
    public static ISerde<Windowed<long>> Key { get; } = Serdes.SessionWindowed(Serdes.Int64);

    public static StreamProcessor Of(WindowFunction function)
    {
        var records = KStream.From(Serdes.Int64, Serdes.Int64).GroupByKey(Serdes.Int64);
        return Written(function, function.Windows switch
        {
            TimeWindowAggregation windows => Aggregated(function, records.WindowedBy(
                Closing(
                    function,
                    TimeWindows.Hopping(Span(windows.Size), Span(windows.Advance)).WithGrace(Span(windows.Grace)).WithRetention(Span(function.Retention)),
                    all => all.CloseAfterIdle(Idle)))),
            SlidingWindowAggregation windows => Aggregated(function, records.WindowedBy(
                Closing(
                    function,
                    SlidingWindows.Of(Span(windows.Size)).WithGrace(Span(windows.Grace)).WithRetention(Span(function.Retention)),
                    all => all.CloseAfterIdle(Idle)))),
            SessionWindowAggregation windows => Aggregated(function, records.WindowedBy(
                Closing(
                    function,
                    SessionWindows.Of(Span(windows.Gap)).WithGrace(Span(windows.Grace)).WithRetention(Span(function.Retention)),
                    all => all.CloseAfterIdle(Idle)))),
            var other => throw new ArgumentException($"There are no windows of '{other.Kind}'.", nameof(function)),
        });
    }

    private static KTable<Windowed<long>, long> Aggregated(WindowFunction function, WindowedKStream<long, long> records)
    {
        records = records.LateTo(WindowFunction.LateOutput);
        Func<long, long, long> add = function.HasPoison ? WindowValues.AddOrFail : WindowValues.Add;
        return (function.EmitsFinal ? records.EmitFinal() : records)
            .Aggregate(() => WindowValues.Start, (_, value, before) => add(value, before), function.Store, Serdes.Int64);
    }

    private static KTable<Windowed<long>, long> Aggregated(WindowFunction function, SessionWindowedKStream<long, long> records)
    {
        records = records.LateTo(WindowFunction.LateOutput);
        return (function.EmitsFinal ? records.EmitFinal() : records).Aggregate(
            () => WindowValues.Start,
            (_, value, before) => WindowValues.Add(value, before),
            (_, first, second) => WindowValues.Merge(first, second),
            function.Store,
            Serdes.Int64);
    }

    private static StreamProcessor Written(WindowFunction function, KTable<Windowed<long>, long> table)
    {
        var processor = table.Build();
        if (function.HasFinals)
        {
            var finals = function.EmitsFinal ? table : table.Suppress(Suppressed.UntilWindowCloses());
            finals.MapValues(WindowValues.Send).To(Key, Serdes.Int64, WindowFunction.FinalsOutput);
        }

        if (function.Limit is { } limit)
        {
            table.Suppress(Suppressed.UntilTimeLimit(Span(limit), function.MaxRows)).To(Key, Serdes.Int64, WindowFunction.HeldOutput);
        }

        return function.HasUpdates ? table.To(Key, Serdes.Int64, WindowFunction.UpdatesOutput) : processor;
    }

    private static TWindows Closing<TWindows>(WindowFunction function, TWindows windows, Func<TWindows, TWindows> close) =>
        function.ClosesAfterIdle ? close(windows) : windows;

    private static TimeSpan Span(long milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
