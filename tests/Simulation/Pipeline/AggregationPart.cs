using KafkaFunctions.Simulation.Checks;
using KafkaFunctions.Simulation.Scheduling;
using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Tables;

namespace KafkaFunctions.Simulation.Pipeline;

/// <summary>
/// Functions without windows. A diamond: F1 sorts records into two topics, and F2 brings one of them back to the other. G sums up
/// by key; J numbers the records of each key, and passes them on without numbers, too; H takes G's sums together by a group that
/// changes with them. K and L sum and number by another key than the topic's, so that several instances write a row; D lets one record
/// of each id pass, likewise. R takes a table with deletions together by groups. Most of them may ask for their batch to be run again, in
/// the midst of it.
/// </summary>
internal sealed class AggregationPart(int keys) : PipelinePart
{
    // Safe to be shared by all worlds.
    private static readonly IReadOnlyList<SimulatedFunction>[] ByKeys =
        [.. Enumerable.Range(0, AggregationRules.MaxKeys + 1).Select(keys => FunctionsOf(Math.Max(keys, 1)))];

    public override PartKind Kind => PartKind.Aggregations;

    public override IReadOnlyList<string> Topics { get; } = ["A", "B", "C", "D", "E", "I", "S", "T", "U", "V", "W", "X", "Y"];

    public override IReadOnlyList<SimulatedFunction> Functions => ByKeys[keys];

    public static AggregationPart Of(Dice dice) => new(dice.Between(2, AggregationRules.MaxKeys));

    public override IEnumerable<Input> InputsAt(int moment, Dice dice)
    {
        var time = (long)moment * TimeBetweenInputs;
        yield return new Input("A", null, dice.Chance(0.05) ? null : dice.Between(1, 99), time);
        if (dice.Chance(0.7))
        {
            yield return new Input("T", dice.Below(5), dice.Between(1, 99), time);
        }

        if (dice.Chance(0.5))
        {
            yield return new Input("X", dice.Below(4), dice.Chance(0.25) ? null : dice.Between(1, 99), time) { IsTable = true };
        }

        if (dice.Chance(0.4))
        {
            yield return new Input("I", dice.Below(5), dice.Between(1, 99), time);
        }
    }

    public override string? FirstProblem(World world, Survivors survivors) =>
        new AggregationChecks(world, survivors, new AggregationReference(world.Inputs, keys)).FirstProblem();

    private static IReadOnlyList<SimulatedFunction> FunctionsOf(int keys) =>
    [
        new("F1", "A", Sort(keys), [Output("Odd", "B"), Output("Even", "C")]),
        new("F2", "C", Return(keys), [Output("B")]),
        new("G", "B", Sum(), [Output("D")]),
        new("J", "B", Number(), [Output("S")]),
        new("H", "D", Regroup(), [Output("E")]),
        new("K", "T", SumByRest(), [Output("V")]),
        new("L", "T", NumberByRest(), [Output("W")]),
        new("R", "X", RegroupValues(), [Output("Y")]),
        new("D", "I", OneOfEach(), [Output("U")]),
    ];

    private static StreamProcessor Sort(int keys) => KStream.From(Serdes.Bytes, Serdes.Int64)
        .Split()
        .Branch((_, value) => value % 2 != 0, odd => odd.SelectKey((_, value) => Service.Call(value) % keys).To(Serdes.Int64, Serdes.Int64, "Odd"))
        .Default(even => even.SelectKey((_, value) => value % 3).To(Serdes.Int64, Serdes.Int64, "Even"));

    private static StreamProcessor Return(int keys) => KStream.From(Serdes.Int64, Serdes.Int64)
        .FlatMap((_, value) => AggregationRules.Returned(value, keys))
        .To(Serdes.Int64, Serdes.Int64);

    private static StreamProcessor Sum() => KStream.From(Serdes.Int64, Serdes.Int64)
        .GroupByKey(Serdes.Int64)
        .Aggregate(() => 0L, (_, value, sum) => sum + AggregationRules.Summed(Service.Call(value)), "sums", Serdes.Int64)
        .ToStream()
        .To(Serdes.Int64, Serdes.Int64);

    private static StreamProcessor Number()
    {
        var records = KStream.From(Serdes.Int64, Serdes.Int64);
        records.MapValues(value => new NumberedValue(NumberedValue.None, value)).To(Serdes.Int64, NumberedValue.Serde);
        return records
            .GroupByKey(Serdes.Int64)
            .Process<long, NumberedValue>(NumberOne, "numbers", Serdes.Int64, NumberedValue.Serde)
            .To(Serdes.Int64, NumberedValue.Serde);
    }

    private static StreamProcessor Regroup() => KTable.From(Serdes.Int64, Serdes.Int64, "latest")
        .GroupBy((key, sum) => new KeyValue<long, long>(AggregationRules.GroupOf(key, sum), sum), Serdes.Int64)
        .Aggregate(() => 0L, (_, item, sum) => sum + item, (_, item, sum) => sum - Service.Call(item), "groups", Serdes.Int64)
        .ToStream()
        .To(Serdes.Int64, Serdes.Int64);

    private static StreamProcessor RegroupValues() => KTable.From(Serdes.Int64, Serdes.Nullable(Serdes.Int64), "values")
        .GroupBy((_, value) => new KeyValue<long, long>(AggregationRules.RestOf(value!.Value), value.Value), Serdes.Int64)
        .Aggregate(() => 0L, (_, item, sum) => sum + Service.Call(item), (_, item, sum) => sum - item, "values-by-rest", Serdes.Int64)
        .ToStream()
        .To(Serdes.Int64, Serdes.Int64);

    private static StreamProcessor NumberByRest() => KStream.From(Serdes.Int64, Serdes.Int64)
        .GroupBy((_, value) => AggregationRules.RestOf(value), Serdes.Int64)
        .Process<long, NumberedValue>(NumberOne, "numbers-by-rest", Serdes.Int64, NumberedValue.Serde)
        .To(Serdes.Int64, NumberedValue.Serde);

    private static StreamProcessor OneOfEach() => KStream.From(Serdes.Int64, Serdes.Int64)
        .DeduplicateBy((_, value) => AggregationRules.IdOf(value), Serdes.Int64, TimeSpan.FromDays(1), "ids")
        .To(Serdes.Int64, Serdes.Int64);

    private static long NumberOne(long key, long next, Record<long, long> record, Emitter<NumberedValue> emitter)
    {
        emitter.Emit(new NumberedValue(next, AggregationRules.Numbered(Service.Call(record.Value))));
        return next + 1;
    }

    private static StreamProcessor SumByRest() => KStream.From(Serdes.Int64, Serdes.Int64)
        .GroupBy((_, value) => AggregationRules.RestOf(value), Serdes.Int64)
        .Aggregate(() => 0L, (_, value, sum) => sum + Service.Call(value), "sums-by-rest", Serdes.Int64)
        .ToStream()
        .To(Serdes.Int64, Serdes.Int64);
}
