using CsCheck;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Streams.Tests.Processing;

/// <summary>Generators of operators and chains of them.</summary>
internal static class ModelSteps
{
    private static readonly Gen<ModelStep> Plain = Gen.OneOf<ModelStep>(
        Gen.Int[2, 5].Select(n => new ModelStep(
            $"Filter({n})",
            s => s.Filter((k, v) => (k + v) % n != 0),
            r => One(r).Where(x => (x.Key + x.Value) % n != 0))),
        Gen.Int[2, 5].Select(n => new ModelStep(
            $"FilterNot({n})",
            s => s.FilterNot((_, v) => v % n == 0),
            r => One(r).Where(x => x.Value % n != 0))),
        Gen.Int[2, 5].Select(n => new ModelStep(
            $"FilterRecord({n})",
            s => s.FilterRecord(x => (x.Timestamp + x.Headers.Length) % n != 0),
            r => One(r).Where(x => (x.Timestamp + x.Headers.Count(c => c == ';')) % n != 0))),
        Gen.Int[-3, 3].Select(n => new ModelStep(
            $"Map({n})",
            s => s.Map((k, v) => KeyValue.Pair(k + n, v * n)),
            r => One(r with { Key = r.Key + n, Value = r.Value * n }))),
        Gen.Int[-3, 3].Select(n => new ModelStep(
            $"MapValues({n})",
            s => s.MapValues(v => v + n),
            r => One(r with { Value = r.Value + n }))),
        Gen.Int[-3, 3].Select(n => new ModelStep(
            $"MapValuesByKey({n})",
            s => s.MapValues((k, v) => v + k + n),
            r => One(r with { Value = r.Value + r.Key + n }))),
        Gen.Int[0, 50].Select(n => new ModelStep(
            $"MapRecord({n})",
            s => s.MapRecord(x => x.WithTimestamp(x.Timestamp + n).WithHeader(RecordHeader.FromText("step", $"{n}"))),
            r => One(r with { Timestamp = r.Timestamp + n, Headers = $"{r.Headers}step={n};" }))),
        Gen.Int[1, 4].Select(n => new ModelStep(
            $"SelectKey({n})",
            s => s.SelectKey((_, v) => (int)(v % n)),
            r => One(r with { Key = (int)(r.Value % n) }))),
        Gen.Int[0, 2].Select(n => new ModelStep(
            $"FlatMap({n})",
            s => s.FlatMap((k, v) => Enumerable.Range(0, n).Select(i => KeyValue.Pair(k + i, v - i))),
            r => Enumerable.Range(0, n).Select(i => r with { Key = r.Key + i, Value = r.Value - i }))),
        Gen.Int[0, 2].Select(n => new ModelStep(
            $"FlatMapValues({n})",
            s => s.FlatMapValues(v => Enumerable.Repeat(v, n)),
            r => Enumerable.Repeat(r, n))),
        Gen.Int[0, 2].Select(n => new ModelStep(
            $"FlatMapValuesByKey({n})",
            s => s.FlatMapValues((k, v) => Enumerable.Range(0, n).Select(i => v + k + i)),
            r => Enumerable.Range(0, n).Select(i => r with { Value = r.Value + r.Key + i }))),
        Gen.Int[0, 2].Select(n => new ModelStep(
            $"FlatMapRecord({n})",
            s => s.FlatMapRecord(x => Enumerable.Range(0, n).Select(i => x.WithTimestamp(i))),
            r => Enumerable.Range(0, n).Select(i => r with { Timestamp = i }))),
        Gen.Const(new ModelStep("Peek", s => s.Peek((_, _) => { }), One)),
        Gen.Int[5, 9].Select(n => new ModelStep(
            $"FailHalfWay({n})",
            s => s.FlatMapValues(v => HalfOf(v, n)),
            r => HalfOf(r.Value, n).Select(v => r with { Value = v }))));

    /// <summary>Up to eight operators in a row, with streams that part and meet again.</summary>
    public static Gen<ModelStep> Chain { get; } = Join(Gen.Frequency((5, Plain), (1, Merged()), (1, Branched())), 0, 8);

    // The left side has an operator, or the right side's would be the first use of the stream, and come first.
    private static Gen<ModelStep> Merged() => Gen.Select(Join(Plain, 1, 2), Join(Plain, 0, 2), (left, right) => new ModelStep(
        $"Merge({left} | {right})",
        s => left.Build(s).Merge(right.Build(s)),
        r => left.Reference(r).Concat(right.Reference(r))));

    private static Gen<ModelStep> Branched() => Gen.Select(Join(Plain, 0, 2), Join(Plain, 0, 2), (even, odd) => new ModelStep(
        $"Split({even} | {odd})",
        s =>
        {
            KStream<int, long>? left = null;
            KStream<int, long>? right = null;
            s.Split().Branch((_, v) => v % 2 == 0, x => left = even.Build(x)).Default(x => right = odd.Build(x));
            return left!.Merge(right!);
        },
        r => r.Value % 2 == 0 ? even.Reference(r) : odd.Reference(r)));

    private static Gen<ModelStep> Join(Gen<ModelStep> step, int fewest, int most) => step.Array[fewest, most].Select(steps => new ModelStep(
        string.Join('.', steps.AsEnumerable()),
        s => steps.Aggregate(s, (stream, each) => each.Build(stream)),
        r => steps.Aggregate(One(r), (records, each) => records.SelectMany(each.Reference))));

    private static IEnumerable<ModelRecord> One(ModelRecord record) => [record];

    private static IEnumerable<long> HalfOf(long value, int n)
    {
        yield return value;
        if (value % n == 0)
        {
            throw new FormatException();
        }
    }
}
