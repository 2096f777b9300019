using KafkaFunctions.Simulation.Checks;
using KafkaFunctions.Simulation.Scheduling;
using KafkaFunctions.Streams.Joins;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Simulation.Pipeline;

/// <summary>Joins of two streams, left and outer and at times inner, each of two functions over a store. Each record's value is its
/// number, of which its key is made. In some worlds functions before give the records their keys, so that copies come in. In some a function
/// stands still until the others are done, so that its side lags by all of its records. When all have come to rest, both sides get a record that is much later: then everything is due.</summary>
internal sealed class JoinPart : PipelinePart
{
    public const string Left = "JL";

    public const string Right = "JR";

    private const string LeftOutside = "JA";
    private const string RightOutside = "JB";
    private const int MaxKeys = 4;

    // More than any window and grace.
    private const long Long = 100_000_000;

    private readonly int _keys;
    private readonly bool _isRekeyed;
    private readonly IReadOnlyList<JoinSettings> _joins;
    private readonly List<long> _highest = [0];
    private int _firstAfterCleanUp = int.MaxValue;
    private long _time;

    private JoinPart(Dice dice)
    {
        _keys = dice.Between(1, MaxKeys);
        _isRekeyed = dice.Chance(0.4);
        IsThereAtOnce = !_isRekeyed && dice.Chance(0.5);
        _joins = [.. JoinsOf(dice)];
        _time = dice.Of(0, 1_000_000);
        Topics = [Left, Right, .. _isRekeyed ? [LeftOutside, RightOutside] : Array.Empty<string>(), .. _joins.Select(join => join.Output)];
        StandsStill = dice.Chance(0.4) ? dice.OneOf(_joins) is var join && dice.Chance(0.5) ? join.LeftFunction : join.RightFunction : null;
        Functions = [.. _isRekeyed ? RekeyingOf(_keys) : [], .. _joins.SelectMany(FunctionsOf)];
    }

    public override PartKind Kind => PartKind.Joins;

    public override IReadOnlyList<string> Topics { get; }

    public override IReadOnlyList<SimulatedFunction> Functions { get; }

    public override bool IsThereAtOnce { get; }

    public override string? StandsStill { get; }

    /// <summary>Every record before has an earlier time than this.</summary>
    public long TimeAtRest { get; private set; } = long.MaxValue;

    /// <summary>The highest time of the records that were written by the time that one was; null where they come in another order.</summary>
    /// <param name="number">The one.</param>
    public long? HighestBy(long number) => _isRekeyed && !IsAfterCleanUp(number) ? null : _highest[(int)number];

    /// <summary>Whether a record came in when everything before it had been processed, and rows that held nothing any more were deleted.</summary>
    public bool IsAfterCleanUp(long number) => number >= _firstAfterCleanUp;

    public static JoinPart Of(Dice dice) => new(dice);

    /// <summary>Time goes on or stands still, and some records are from before.</summary>
    public override IEnumerable<Input> InputsAt(int moment, Dice dice)
    {
        _time += dice.Chance(0.05) ? dice.Between(10_000, 40_000) : dice.Of(0, 0, 1, TimeBetweenInputs / 2, TimeBetweenInputs);
        var time = dice.Chance(0.3) ? Math.Max(0, _time - dice.Between(1, 6 * TimeBetweenInputs)) : _time;
        yield return Next(dice.Chance(0.5), time, !_isRekeyed && dice.Chance(0.03));
        if (dice.Chance(0.2))
        {
            yield return Next(dice.Chance(0.5), time, isEmpty: false);
        }
    }

    public override IEnumerable<Input> InputsAtRest(Dice dice)
    {
        TimeAtRest = _time + Long;
        var isLeft = dice.Chance(0.5);
        yield return Next(isLeft, TimeAtRest, isEmpty: false);
        yield return Next(!isLeft, TimeAtRest, isEmpty: false);
    }

    /// <summary>Old ones, which find nobody any more, and new ones.</summary>
    public override IEnumerable<Input> InputsAfterCleanUp(Dice dice)
    {
        _firstAfterCleanUp = _highest.Count;
        for (var i = dice.Between(1, 6); i > 0; i--)
        {
            var time = dice.Chance(0.4) ? dice.Between(0, (int)_time) : TimeAtRest + dice.Between(0, 20 * TimeBetweenInputs);
            yield return Next(dice.Chance(0.5), time, isEmpty: false);
        }
    }

    public override string? FirstProblem(World world, Survivors survivors) =>
        _joins.Select(join => new JoinChecks(world, survivors, join, this).FirstProblem()).FirstOrDefault(problem => problem is not null);

    /// <summary>With a long grace everything has to be joined; with a short one late records find others left alone, or forgotten.</summary>
    private static IEnumerable<JoinSettings> JoinsOf(Dice dice)
    {
        yield return SettingsOf(JoinKind.Left, dice);
        yield return SettingsOf(JoinKind.Outer, dice);
        if (dice.Chance(0.2))
        {
            yield return SettingsOf(JoinKind.Inner, dice);
        }
    }

    private static JoinSettings SettingsOf(JoinKind kind, Dice dice) =>
        new(kind, dice.Of(0L, 500, 3_000), dice.Of(0L, 1_000, 5_000), dice.Of(0L, 2_000, 10_000, 10_000_000));

    private static IEnumerable<SimulatedFunction> FunctionsOf(JoinSettings settings)
    {
        var join = settings.Join();
        var records = Serdes.Nullable(Serdes.Int64);
        yield return new(
            settings.LeftFunction, Left, KStream.From(Serdes.Int64, records).AsLeftOf(join).To(Serdes.Int64, JoinedPair.Serde), [Output(settings.Output)]);
        yield return new(
            settings.RightFunction, Right, KStream.From(Serdes.Int64, records).AsRightOf(join).To(Serdes.Int64, JoinedPair.Serde), [Output(settings.Output)]);
    }

    private static IEnumerable<SimulatedFunction> RekeyingOf(int keys)
    {
        yield return new("JP", LeftOutside, Rekey(keys), [Output(Left)]);
        yield return new("JQ", RightOutside, Rekey(keys), [Output(Right)]);
    }

    private static StreamProcessor Rekey(int keys) => KStream.From(Serdes.Bytes, Serdes.Int64)
        .SelectKey((_, value) => Service.Call(value) % keys)
        .To(Serdes.Int64, Serdes.Int64);

    private Input Next(bool isLeft, long time, bool isEmpty)
    {
        var number = _highest.Count;
        _highest.Add(Math.Max(_highest[^1], time));
        return _isRekeyed
            ? new Input(isLeft ? LeftOutside : RightOutside, null, number, time)
            : new Input(isLeft ? Left : Right, (long)number % _keys, isEmpty ? null : number, time) { IsTable = true };
    }
}
