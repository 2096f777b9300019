using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Tables;
using KafkaFunctions.Worker.Catalog;

namespace KafkaFunctions.Simulation.Pipeline;

/// <summary>
/// The functions under test. A diamond: F1 sorts records into two topics, and F2 brings one of them back to the other. G sums up
/// by key; J numbers the records of each key, and passes them on without numbers, too; H takes G's sums together by a group that
/// changes with them. K and L sum and number by another key than the topic's, so that several instances write a row; D lets one record
/// of each id pass, likewise. R takes a table with deletions together by groups. Most of them may ask for their batch to be run again, in
/// the midst of it.
/// </summary>
internal sealed class PipelineCatalog
{
    public const string Application = "simulation";

    /// <summary>Topics with records from outside, and the others.</summary>
    public static readonly string[] Topics = ["A", "B", "C", "D", "E", "I", "S", "T", "U", "V", "W", "X", "Y"];

    private static readonly PipelineCatalog[] ByKeys = [.. Enumerable.Range(0, Rules.MaxKeys + 1).Select(keys => new PipelineCatalog(Math.Max(keys, 1)))];

    private PipelineCatalog(int keys)
    {
        (string Name, string Source, StreamProcessor Processor, KafkaOutputBinding[] Outputs)[] functions =
        [
            ("F1", "A", Sort(keys), [Output("Odd", "B"), Output("Even", "C")]),
            ("F2", "C", Return(keys), [Output(KafkaOutputBinding.Return, "B")]),
            ("G", "B", Sum(), [Output(KafkaOutputBinding.Return, "D")]),
            ("J", "B", Number(), [Output(KafkaOutputBinding.Return, "S")]),
            ("H", "D", Regroup(), [Output(KafkaOutputBinding.Return, "E")]),
            ("K", "T", SumByRest(), [Output(KafkaOutputBinding.Return, "V")]),
            ("L", "T", NumberByRest(), [Output(KafkaOutputBinding.Return, "W")]),
            ("R", "X", RegroupValues(), [Output(KafkaOutputBinding.Return, "Y")]),
            ("D", "I", OneOfEach(), [Output(KafkaOutputBinding.Return, "U")]),
        ];
        Catalog = new FunctionCatalog(
            [.. functions.Select(function => new FunctionEntry(function.Name, new KafkaTriggerBinding("", function.Source, function.Name), function.Outputs))]);
        Functions =
        [
            .. functions.Select(function => new SimulatedFunction(
                function.Name,
                function.Source,
                function.Processor,
                function.Outputs)),
        ];
    }

    public FunctionCatalog Catalog { get; }

    public IReadOnlyList<SimulatedFunction> Functions { get; }

    /// <summary>The pipeline for a number of keys; safe to be shared.</summary>
    public static PipelineCatalog Of(int keys) => ByKeys[keys];

    /// <summary>One name for all functions that write a topic together.</summary>
    public static string OneWriter(string function) => function == "F2" ? "F1" : function;

    private static StreamProcessor Sort(int keys) => KStream.From(Serdes.Bytes, Serdes.Int64)
        .Split()
        .Branch((_, value) => value % 2 != 0, odd => odd.SelectKey((_, value) => Service.Call(value) % keys).To(Serdes.Int64, Serdes.Int64, "Odd"))
        .Default(even => even.SelectKey((_, value) => value % 3).To(Serdes.Int64, Serdes.Int64, "Even"));

    private static StreamProcessor Return(int keys) => KStream.From(Serdes.Int64, Serdes.Int64)
        .FlatMap((_, value) => Rules.Returned(value, keys))
        .To(Serdes.Int64, Serdes.Int64);

    private static StreamProcessor Sum() => KStream.From(Serdes.Int64, Serdes.Int64)
        .GroupByKey(Serdes.Int64)
        .Aggregate(() => 0L, (_, value, sum) => sum + Rules.Summed(Service.Call(value)), "sums", Serdes.Int64)
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
        .GroupBy((key, sum) => new KeyValue<long, long>(Rules.GroupOf(key, sum), sum), Serdes.Int64)
        .Aggregate(() => 0L, (_, item, sum) => sum + item, (_, item, sum) => sum - Service.Call(item), "groups", Serdes.Int64)
        .ToStream()
        .To(Serdes.Int64, Serdes.Int64);

    private static StreamProcessor RegroupValues() => KTable.From(Serdes.Int64, Serdes.Nullable(Serdes.Int64), "values")
        .GroupBy((_, value) => new KeyValue<long, long>(Rules.RestOf(value!.Value), value.Value), Serdes.Int64)
        .Aggregate(() => 0L, (_, item, sum) => sum + Service.Call(item), (_, item, sum) => sum - item, "values-by-rest", Serdes.Int64)
        .ToStream()
        .To(Serdes.Int64, Serdes.Int64);

    private static StreamProcessor NumberByRest() => KStream.From(Serdes.Int64, Serdes.Int64)
        .GroupBy((_, value) => Rules.RestOf(value), Serdes.Int64)
        .Process<long, NumberedValue>(NumberOne, "numbers-by-rest", Serdes.Int64, NumberedValue.Serde)
        .To(Serdes.Int64, NumberedValue.Serde);

    private static StreamProcessor OneOfEach() => KStream.From(Serdes.Int64, Serdes.Int64)
        .DeduplicateBy((_, value) => Rules.IdOf(value), Serdes.Int64, TimeSpan.FromDays(1), "ids")
        .To(Serdes.Int64, Serdes.Int64);

    private static long NumberOne(long key, long next, Record<long, long> record, Emitter<NumberedValue> emitter)
    {
        emitter.Emit(new NumberedValue(next, Rules.Numbered(Service.Call(record.Value))));
        return next + 1;
    }

    private static StreamProcessor SumByRest() => KStream.From(Serdes.Int64, Serdes.Int64)
        .GroupBy((_, value) => Rules.RestOf(value), Serdes.Int64)
        .Aggregate(() => 0L, (_, value, sum) => sum + Service.Call(value), "sums-by-rest", Serdes.Int64)
        .ToStream()
        .To(Serdes.Int64, Serdes.Int64);

    private static KafkaOutputBinding Output(string binding, string topic) => new(binding, "", topic);
}
