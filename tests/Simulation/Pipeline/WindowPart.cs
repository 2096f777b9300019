using KafkaFunctions.Reference.Specifications;
using KafkaFunctions.Simulation.Checks;
using KafkaFunctions.Simulation.Scheduling;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Worker.Catalog;

namespace KafkaFunctions.Simulation.Pipeline;

/// <summary>Windowed aggregations. P gives records the keys by which they are taken together, so that a key stays in one partition; the
/// others read what it writes: windows of each type, with updates, with final results and with both, or held until a time limit, and an
/// output for late records.
/// Their settings are of each world's own.</summary>
internal sealed class WindowPart : PipelinePart
{
    public const string Outside = "N";

    public const string Source = "M";

    public const string Rekeying = "P";

    private const int MaxKeys = 6;
    private const int MostValue = 99;

    // More than any window, grace and retention.
    private const long Long = 10_000_000;

    private readonly int _keys;
    private readonly IReadOnlyList<WindowFunction> _windows;
    private readonly bool _closesAfterIdle;
    private long _time;

    private WindowPart(Dice dice)
    {
        _keys = dice.Between(1, MaxKeys);
        _time = dice.Of(0, 1_000_000);
        _closesAfterIdle = dice.Chance(0.4);
        _windows = [.. WindowsOf(dice).Select(windows => windows with { ClosesAfterIdle = _closesAfterIdle && (windows.HasFinals || windows.Limit is not null) })];
        Topics = [Outside, Source, .. _windows.SelectMany(TopicsOf)];
        Functions =
        [
            new(Rekeying, Outside, Rekey(_keys), [Output(Source)]),
            .. _windows.Select(FunctionOf),
        ];
    }

    public override PartKind Kind => PartKind.Windows;

    public override IReadOnlyList<string> Topics { get; }

    public override IReadOnlyList<SimulatedFunction> Functions { get; }

    public static WindowPart Of(Dice dice) => new(dice);

    /// <summary>Time goes on, jumps at times, and some records are from before.</summary>
    public override IEnumerable<Input> InputsAt(int moment, Dice dice)
    {
        _time += dice.Chance(0.06) ? dice.Between(20_000, 200_000) : dice.Of(0, 1, TimeBetweenInputs / 2, TimeBetweenInputs, 2 * TimeBetweenInputs);
        var time = dice.Chance(0.3) ? Math.Max(0, _time - dice.Between(1, 9 * TimeBetweenInputs)) : _time;
        yield return new Input(Outside, null, dice.Chance(0.03) ? null : dice.Between(1, MostValue), time);
    }

    /// <summary>Now and then a record of each key that is much later, so that all windows are closed.</summary>
    public override IEnumerable<Input> LastInputs(Dice dice) => dice.Chance(0.5)
        ? Enumerable.Range(1, _keys).Select(value => new Input(Outside, null, value, _time + Long))
        : [];

    /// <summary>Old ones, which are late by then as they were before, and new ones. Where wall time closes windows, what is late after it the
    /// reference does not know.</summary>
    public override IEnumerable<Input> InputsAfterCleanUp(Dice dice)
    {
        for (var i = _closesAfterIdle ? 0 : dice.Between(1, 6); i > 0; i--)
        {
            var time = dice.Chance(0.5) ? dice.Between(0, (int)_time) : _time + Long + dice.Between(0, 20 * TimeBetweenInputs);
            yield return new Input(Outside, null, dice.Between(1, MostValue), time);
        }
    }

    public override bool Refuses(string topic, OutputRecord record) =>
        _windows.Any(windows => windows.Finals == topic) && !WindowValues.IsAccepted(Serdes.Int64.Deserialize(record.Value));

    public override string? FirstProblem(World world, Survivors survivors) =>
        DeadLetters.Of(survivors, Outside, Rekeying, world.Inputs.Count(input => input.Topic == Outside && input.Value is null))
        ?? _windows.Select(windows => new WindowChecks(world, survivors, windows).FirstProblem()).FirstOrDefault(problem => problem is not null);

    private static SimulatedFunction FunctionOf(WindowFunction windows) =>
        new(windows.Name, Source, WindowTopology.Of(windows), [.. OutputsOf(windows)]) { ClosesAfterIdle = windows.ClosesAfterIdle };

    private static IEnumerable<WindowFunction> WindowsOf(Dice dice)
    {
        var (size, grace) = (dice.Of(1_000L, 5_000, 20_000), GraceOf(dice));
        yield return new("WT", results => new TimeWindowAggregation(size, size, grace, AggregateKind.Mix, results)) { HasUpdates = true, HasPoison = true };
        var (length, advance, late) = (6_000L, dice.Chance(0.05) ? 100L : dice.Of(2_000L, 2_500, 6_000), GraceOf(dice));
        yield return new("WH", results => new TimeWindowAggregation(length, advance, late, AggregateKind.Mix, results)) { HasFinals = true };
        var both = dice.Of(2_000L, 10_000);
        yield return new("WB", results => new TimeWindowAggregation(both, both, grace, AggregateKind.Mix, results))
        {
            HasUpdates = true,
            HasFinals = true,
            HasPoison = true,
            Retention = Long,
        };
        var gap = dice.Of(500L, 2_000, 5_000);
        yield return new("WS", results => new SessionWindowAggregation(gap, late, AggregateKind.Mix, results)) { HasUpdates = true };
        yield return new("WF", results => new SessionWindowAggregation(gap, grace, AggregateKind.Mix, results)) { HasFinals = true };
        var (between, until) = (dice.Of(1_000L, 4_000), GraceOf(dice));
        yield return new("WL", results => new SlidingWindowAggregation(between, until, AggregateKind.Mix, results)) { HasUpdates = true };
        yield return new("WE", results => new SlidingWindowAggregation(between, until, AggregateKind.Mix, results)) { HasFinals = true };
        var limit = dice.Of(500L, 3_000, 30_000);
        yield return new("WU", results => new TimeWindowAggregation(length, advance, late, AggregateKind.Mix, results)) { Limit = limit, HasFinals = dice.Chance(0.5) };
        yield return new("WD", results => new SlidingWindowAggregation(between, until, AggregateKind.Mix, results)) { Limit = limit, HasUpdates = dice.Chance(0.3) };
        yield return new("WR", results => new SessionWindowAggregation(gap, grace, AggregateKind.Mix, results)) { Limit = limit };
        yield return new("WM", results => new TimeWindowAggregation(both, both, grace, AggregateKind.Mix, results))
        {
            Limit = 10 * limit,
            MaxRows = dice.Between(1, 4),
            HasPoison = true,
        };
    }

    private static long GraceOf(Dice dice) => dice.Of(0L, 1_000, 6_000);

    private static IEnumerable<string> TopicsOf(WindowFunction windows) => OutputsOf(windows).Select(output => output.Topic);

    private static IEnumerable<KafkaOutputBinding> OutputsOf(WindowFunction windows)
    {
        yield return Output(WindowFunction.LateOutput, windows.Late);
        if (windows.HasUpdates)
        {
            yield return Output(WindowFunction.UpdatesOutput, windows.Updates);
        }

        if (windows.HasFinals)
        {
            yield return Output(WindowFunction.FinalsOutput, windows.Finals);
        }

        if (windows.Limit is not null)
        {
            yield return Output(WindowFunction.HeldOutput, windows.Held);
        }
    }

    private static StreamProcessor Rekey(int keys) => KStream.From(Serdes.Bytes, Serdes.Int64)
        .SelectKey((_, value) => Service.Call(value) % keys)
        .To(Serdes.Int64, Serdes.Int64);
}
