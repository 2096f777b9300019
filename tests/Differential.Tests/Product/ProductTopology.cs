using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Specifications;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Tables;
using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.Differential.Tests.Product;

/// <summary>The product's operators for a case.</summary>
internal static class ProductTopology
{
    public const string Late = "late";
    private const string Store = "case-store";

    /// <summary>The functions of a case, by side.</summary>
    public static Dictionary<Side, ProductFunction> FunctionsOf(Specification specification) => specification.HasTwoSides
        ? new()
        {
            [Side.Left] = new ProductFunction(ProductJoins.Left, "left", ProductJoins.Of(specification, Side.Left)),
            [Side.Right] = new ProductFunction(ProductJoins.Right, "right", ProductJoins.Of(specification, Side.Right)),
        }
        : new() { [Side.Left] = new ProductFunction("Case", "left", Of(specification)) };

    private static StreamProcessor Of(Specification specification) => specification switch
    {
        StreamAggregation settings => Aggregated(settings),
        TableAggregation settings => Regrouped(settings),
        TimeWindowAggregation settings => Time(settings),
        SlidingWindowAggregation settings => Sliding(settings),
        SessionWindowAggregation settings => Sessions(settings),
        _ => throw new ArgumentException($"There is no product runner for '{specification.Kind}'.", nameof(specification)),
    };

    private static KStream<string?, long?> Input() => KStream.From(Serdes.Utf8, Serdes.Nullable(Serdes.Int64));

    private static StreamProcessor Aggregated(StreamAggregation settings)
    {
        var grouped = Input().GroupByKey(Serdes.Utf8);
        var table = settings.Aggregate == AggregateKind.Count
            ? grouped.Count(Store)
            : grouped.Aggregate(() => Aggregation.Start(settings.Aggregate), (_, value, before) => Aggregation.Add(settings.Aggregate, before, value), Store, Serdes.Int64);
        return table.To(Serdes.Utf8, Serdes.Int64);
    }

    private static StreamProcessor Regrouped(TableAggregation settings)
    {
        var grouped = KTable.From(Serdes.Utf8, Serdes.Nullable(Serdes.Int64), Store)
            .GroupBy<string?, long>((_, value) => new KeyValue<string?, long>(TableAggregation.GroupOf(value!.Value), value.Value), Serdes.Utf8);
        return grouped.Aggregate(
            () => Aggregation.Start(settings.Aggregate),
            (_, value, before) => Aggregation.Add(settings.Aggregate, before, value),
            (_, value, before) => Aggregation.Subtract(settings.Aggregate, before, value),
            "case-groups",
            Serdes.Int64).To(Serdes.Utf8, Serdes.Int64);
    }

    private static StreamProcessor Time(TimeWindowAggregation settings) => Windowed(
        Input().GroupByKey(Serdes.Utf8).WindowedBy(TimeWindows.Hopping(Span(settings.Size), Span(settings.Advance)).WithGrace(Span(settings.Grace))),
        settings.Aggregate,
        settings);

    private static StreamProcessor Sliding(SlidingWindowAggregation settings) => Windowed(
        Input().GroupByKey(Serdes.Utf8).WindowedBy(SlidingWindows.Of(Span(settings.Size)).WithGrace(Span(settings.Grace))), settings.Aggregate, settings);

    private static StreamProcessor Windowed(WindowedKStream<string?, long?> windowed, AggregateKind aggregate, WindowAggregation settings)
    {
        windowed = settings.Results == ResultMode.Final ? windowed.LateTo(Late).EmitFinal() : windowed.LateTo(Late);
        var table = aggregate == AggregateKind.Count
            ? windowed.Count(Store)
            : windowed.Aggregate(() => Aggregation.Start(aggregate), (_, value, before) => Aggregation.Add(aggregate, before, value), Store, Serdes.Int64);
        return Written(table, settings);
    }

    private static StreamProcessor Sessions(SessionWindowAggregation settings)
    {
        var sessions = Input().GroupByKey(Serdes.Utf8).WindowedBy(SessionWindows.Of(Span(settings.Gap)).WithGrace(Span(settings.Grace))).LateTo(Late);
        sessions = settings.Results == ResultMode.Final ? sessions.EmitFinal() : sessions;
        var table = settings.Aggregate == AggregateKind.Count
            ? sessions.Count(Store)
            : sessions.Aggregate(
                () => Aggregation.Start(settings.Aggregate),
                (_, value, before) => Aggregation.Add(settings.Aggregate, before, value),
                (_, first, second) => Aggregation.Merge(settings.Aggregate, first, second),
                Store,
                Serdes.Int64);
        return Written(table, settings);
    }

    private static StreamProcessor Written(KTable<Windowed<string?>, long> table, WindowAggregation settings)
    {
        var results = settings.Results switch
        {
            ResultMode.Suppressed => table.Suppress(Suppressed.UntilWindowCloses()),
            ResultMode.Limited => table.Suppress(Suppressed.UntilTimeLimit(Span(settings.Limit), settings.MaxRows == WindowAggregation.AnyNumber ? null : settings.MaxRows)),
            _ => table,
        };
        return results.To(Serdes.SessionWindowed(Serdes.Utf8), Serdes.Int64);
    }

    private static TimeSpan Span(long milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
