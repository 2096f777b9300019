using KafkaFunctions.Simulation.Checks;
using KafkaFunctions.Simulation.Scheduling;
using KafkaFunctions.Streams.Joins;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Tables;

namespace KafkaFunctions.Simulation.Pipeline;

/// <summary>Joins of two tables, by their key and by a foreign key, each of two functions over a store; and joins of a stream with the
/// right table, as it is and as of the records' times, which a function keeps. Values are small numbers, so that some change nothing;
/// many are deletions. In some worlds functions before give the records their keys, so that copies come in. In some a function stands
/// still until the others are done. When all have come to rest, records of the stream find what the tables have come to.</summary>
internal sealed class TablePart : PipelinePart
{
    public const string Left = "QL";

    public const string Right = "QR";

    public const string Stream = "QS";

    /// <summary>Keeps the right table, which the stream's records look up.</summary>
    public const string Keeper = "QK";

    public const string VersionsKeeper = "QV";

    private const string LeftOutside = "QA";
    private const string RightOutside = "QB";
    private const int MaxKeys = 4;
    private const int MostValue = 12;

    // The table knows all of its versions.
    private static readonly TimeSpan History = TimeSpan.FromDays(10);

    private static readonly ISerde<long?> Value = Serdes.Nullable(Serdes.Int64);

    private readonly int _keys;
    private readonly bool _isRekeyed;
    private readonly IReadOnlyList<TableJoinFunctions> _joins;
    private long _time;

    private TablePart(Dice dice)
    {
        _keys = dice.Between(1, MaxKeys);
        _isRekeyed = dice.Chance(0.4);
        _time = dice.Of(0, 1_000_000);
        _joins = [.. JoinsOf(dice)];
        var join = dice.OneOf(_joins);
        StandsStill = dice.Chance(0.3) ? dice.OneOf([join.LeftFunction, join.RightFunction]) : null;
        Topics = [Left, Right, Stream, .. _isRekeyed ? [LeftOutside, RightOutside] : Array.Empty<string>(), .. _joins.Select(one => one.Output), .. Lookups.Select(lookup => lookup.Output)];
        Functions = [.. _isRekeyed ? RekeyingOf(_keys) : [], .. _joins.SelectMany(FunctionsOf), .. KeepersAndLookups()];
    }

    /// <summary>The functions that look the right table up: name, table's store, output.</summary>
    public static IReadOnlyList<(string Function, string Store, string Output)> Lookups { get; } = [("QN", "tables-now", "QN-found"), ("QO", "tables-versions", "QO-found")];

    public override PartKind Kind => PartKind.Tables;

    public override IReadOnlyList<string> Topics { get; }

    public override IReadOnlyList<SimulatedFunction> Functions { get; }

    public override string? StandsStill { get; }

    /// <summary>Every record of the stream before has an earlier number than this one, and from it on all tables stand still.</summary>
    public long FirstAtRest { get; private set; } = long.MaxValue;

    private long Numbers { get; set; }

    public static TablePart Of(Dice dice) => new(dice);

    public override IEnumerable<Input> InputsAt(int moment, Dice dice)
    {
        _time += dice.Of(0, 1, TimeBetweenInputs);
        yield return Change(dice.Chance(0.6), dice);
        if (dice.Chance(0.3))
        {
            yield return Change(dice.Chance(0.4), dice);
        }

        if (dice.Chance(0.3))
        {
            yield return Lookup(dice);
        }
    }

    public override IEnumerable<Input> InputsAtRest(Dice dice)
    {
        FirstAtRest = Numbers;
        for (var i = dice.Between(1, 4); i > 0; i--)
        {
            yield return Lookup(dice);
        }
    }

    public override string? FirstProblem(World world, Survivors survivors) =>
        _joins.Select(join => new TableJoinChecks(world, survivors, join).FirstProblem()).FirstOrDefault(problem => problem is not null)
        ?? new LookupChecks(survivors, this).FirstProblem();

    private static IEnumerable<TableJoinFunctions> JoinsOf(Dice dice)
    {
        yield return new(dice.OneOf([JoinKind.Inner, JoinKind.Left, JoinKind.Outer]), null);
        if (dice.Chance(0.8))
        {
            yield return new(dice.OneOf([JoinKind.Inner, JoinKind.Left]), dice.Between(1, MaxKeys));
        }
    }

    private static IEnumerable<SimulatedFunction> FunctionsOf(TableJoinFunctions join)
    {
        var (left, right) = join.Processors();
        yield return new(join.LeftFunction, Left, left, [Output(join.Output)]);
        yield return new(join.RightFunction, Right, right, [Output(join.Output)]);
    }

    private static IEnumerable<SimulatedFunction> KeepersAndLookups()
    {
        yield return new(Keeper, Right, KTable.From(Serdes.Int64, Value, Lookups[0].Store).Build(), []);
        yield return new(VersionsKeeper, Right, KTable.From(Serdes.Int64, Value, Lookups[1].Store, History).Build(), []);
        foreach (var (function, store, output) in Lookups)
        {
            var found = KStream.From(Serdes.Int64, Value).LeftJoin(new TableRef<long, long?>(store, Serdes.Int64, Value), JoinedPair.Of).To(Serdes.Int64, JoinedPair.Serde);
            yield return new(function, Stream, found, [Output(output)]) { LooksUp = true };
        }
    }

    private static IEnumerable<SimulatedFunction> RekeyingOf(int keys)
    {
        yield return new("QP", LeftOutside, Rekey(keys), [Output(Left)]);
        yield return new("QQ", RightOutside, Rekey(keys), [Output(Right)]);
    }

    /// <summary>A record from outside has key and value in one number; no value is none.</summary>
    private static StreamProcessor Rekey(int keys) => KStream.From(Serdes.Bytes, Serdes.Int64)
        .Map((_, both) => new KeyValue<long, long?>(Service.Call(both) % keys, both / keys is > 0 and var value ? value : null))
        .To(Serdes.Int64, Value);

    private Input Change(bool isLeft, Dice dice)
    {
        var (key, value, time) = (dice.Below(_keys), dice.Chance(0.25) ? 0 : dice.Between(1, MostValue), TimeOf(dice));
        return _isRekeyed
            ? new Input(isLeft ? LeftOutside : RightOutside, null, key + ((long)value * _keys), time)
            : new Input(isLeft ? Left : Right, key, value > 0 ? value : null, time) { IsTable = true };
    }

    private Input Lookup(Dice dice) => new(Stream, dice.Below(_keys), Numbers++, TimeOf(dice));

    private long TimeOf(Dice dice) => dice.Chance(0.3) ? Math.Max(0, _time - dice.Between(1, 6 * TimeBetweenInputs)) : _time;
}
