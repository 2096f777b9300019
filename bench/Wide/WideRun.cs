using System.Diagnostics;
using KafkaFunctions.Bench.Processes;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.Workload;
using KafkaFunctions.Embedded.State;
using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Bench.Wide;

/// <summary>Runs a scenario on the shipped operators, with state in SQLite, and counts what records cost.</summary>
internal sealed class WideRun : IAsyncDisposable
{
    private const string Topic = "wide-input";

    /// <summary>One record in five is about a window that is open already.</summary>
    private const int AgainOneIn = 5;

    private static readonly byte[] Value = new byte[16];
    private static readonly StreamFunction Function = new("CountWide", HonouredIdentities.None);

    private readonly BenchRun _run;
    private readonly WideScenario _scenario;
    private readonly SqliteStateStorage _storage;
    private readonly StateRuntime _runtime;
    private readonly List<InputRecord> _batch = [];
    private int _opened;
    private int _records;
    private long _offset;
    private long _finals;
    private long _peak;

    public WideRun(BenchRun run, WideScenario scenario, string directory)
    {
        _run = run;
        _scenario = scenario;
        _storage = SqliteStateStorage.Open(directory);
        _runtime = new StateRuntime(_storage, "bench");
    }

    /// <summary>Opens windows up to each number, and then closes them, where the scenario says so.</summary>
    /// <param name="warmup">Windows that are opened before anything is counted.</param>
    /// <param name="steps">The numbers, growing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<WideResult> RunAsync(int warmup, IReadOnlyList<int> steps, CancellationToken cancellationToken)
    {
        await OpenAsync(warmup, cancellationToken);
        var points = new List<WidePoint>();
        foreach (var step in steps)
        {
            var records = _records;
            var (cpu, clock) = (Cpu(), Stopwatch.StartNew());
            await OpenAsync(step, cancellationToken);
            points.Add(PointOf(cpu, clock, (_records - records) * (long)_scenario.Overlap));
        }

        return new WideResult(_scenario.Name, _scenario.Overlap > 1 ? "window" : "record", points, _peak);
    }

    /// <summary>Opens that many windows, closes all at once, and counts what that costs per window.</summary>
    public async Task<(WidePoint Point, long PeakBytes, long Finals)> CloseAsync(int windows, CancellationToken cancellationToken)
    {
        await OpenAsync(windows, cancellationToken);
        var (cpu, clock) = (Cpu(), Stopwatch.StartNew());
        Add(0, WideScenarios.ClosesAll(_scenario.Next(_opened).Timestamp));
        await RunBatchAsync(cancellationToken);
        return (PointOf(cpu, clock, windows), _peak, _finals);
    }

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    private static double Cpu() => Environment.CpuUsage.TotalTime.TotalSeconds;

    private WidePoint PointOf(double cpu, Stopwatch clock, long units) =>
        new(_opened * _scenario.Overlap, (Cpu() - cpu) * 1e6 / units, clock.Elapsed.TotalMicroseconds / units);

    private async Task OpenAsync(int windows, CancellationToken cancellationToken)
    {
        while ((long)_opened * _scenario.Overlap < windows)
        {
            var dice = new Dice(_run.Seed, _records);
            if (!_scenario.Closes && _opened > 0 && dice.Roll(AgainOneIn) == 0)
            {
                var (key, timestamp) = _scenario.Next(dice.Roll(_opened));
                Add(key, _scenario.Again(timestamp));
            }
            else
            {
                var (key, timestamp) = _scenario.Next(_opened++);
                Add(key, timestamp);
            }

            if (_batch.Count == _scenario.BatchSize)
            {
                await RunBatchAsync(cancellationToken);
                _run.Progress(() => Report.Invariant($"{_scenario.Name}: {_opened * _scenario.Overlap:N0} windows"));
            }
        }

        await RunBatchAsync(cancellationToken);
    }

    private void Add(int key, long timestamp)
    {
        _batch.Add(new InputRecord(Topic, 0, _offset++, CountWorkload.CreateKey(key), Value, timestamp, []));
        _records++;
    }

    private async Task RunBatchAsync(CancellationToken cancellationToken)
    {
        if (_batch.Count == 0)
        {
            return;
        }

        var result = await _scenario.Processor.RunAsync(_batch, static record => record, _runtime, Function, cancellationToken: cancellationToken);
        if (result.Poison > 0)
        {
            var poison = result.Outcomes.First(outcome => outcome.Kind == RecordOutcomeKind.Poison);
            throw new RunFailedException($"{_scenario.Name}: a record is poison: {poison.Error?.Message}");
        }

        while (await result.Completion!.DrainAsync(cancellationToken) is { } finals)
        {
            _finals += finals[StreamProcessor.ReturnOutput].Count;
            _peak = Math.Max(_peak, ProcessStatistics.ResidentBytes(Environment.ProcessId));
        }

        await result.Completion!.CommitAsync(cancellationToken);
        _batch.Clear();
        _peak = Math.Max(_peak, ProcessStatistics.ResidentBytes(Environment.ProcessId));
    }
}
