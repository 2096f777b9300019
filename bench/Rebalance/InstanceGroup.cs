using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Processes;
using KafkaFunctions.Bench.Runs;

namespace KafkaFunctions.Bench.Rebalance;

/// <summary>Instances of the app in the same consumer groups, each of which may be up or down.</summary>
/// <param name="run">The run.</param>
/// <param name="launcher">Starts the app.</param>
/// <param name="size">How many there are.</param>
internal sealed class InstanceGroup(BenchRun run, AppLauncher launcher, int size = 3)
{
    private const string TraceSetting = "KafkaTrigger__TraceFile";

    private readonly int[] _ports = FreePorts.Take(size);
    private readonly (AppProcess Process, Life Life)?[] _slots = new (AppProcess, Life)?[size];

    /// <summary>All processes there ever were.</summary>
    public List<Life> Lives { get; } = [];

    /// <summary>How often an instance was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>Instances that are up.</summary>
    public IReadOnlyList<AppProcess> Running => [.. _slots.Where(slot => slot is not null).Select(slot => slot!.Value.Process)];

    /// <summary>Starts all that are down and waits until they are ready.</summary>
    public async Task StartAllAsync(CancellationToken cancellationToken)
    {
        for (var slot = 0; slot < size; slot++)
        {
            Start(slot);
        }

        await Task.WhenAll(Running.Select(process => process.WaitUntilReadyAsync(cancellationToken)));
    }

    /// <summary>Makes one random change: an instance joins, leaves (SIGTERM) or, if allowed, is killed. One always stays.</summary>
    public async Task<string> ChangeAsync(Random random, bool mayKill, CancellationToken cancellationToken)
    {
        var slot = random.Next(size);
        var kill = random.Next(2) == 0;
        if (_slots[slot] is null)
        {
            Start(slot);
            return $"instance {slot + 1} joins";
        }

        if (Running.Count == 1)
        {
            slot = (slot + 1) % size;
            Start(slot);
            return $"instance {slot + 1} joins";
        }

        return await EndAsync(slot, mayKill && kill, cancellationToken);
    }

    /// <summary>Ends a random instance in either way and starts it again.</summary>
    public async Task<string> ReplaceAsync(Random random, CancellationToken cancellationToken)
    {
        var slot = random.Next(size);
        var how = await EndAsync(slot, random.Next(2) == 0, cancellationToken);
        Start(slot);
        return how + " and comes back";
    }

    /// <summary>Stops all that are up.</summary>
    public async Task StopAllAsync(CancellationToken cancellationToken)
    {
        for (var slot = 0; slot < size; slot++)
        {
            if (_slots[slot] is var (process, life))
            {
                await process.StopAsync(cancellationToken);
                life.EndedAt = DateTime.UtcNow.Ticks;
                _slots[slot] = null;
            }
        }
    }

    private async Task<string> EndAsync(int slot, bool kill, CancellationToken cancellationToken)
    {
        var (process, life) = _slots[slot]!.Value;
        _slots[slot] = null;
        BenchRun.RequireAlive(process.Process);
        if (kill)
        {
            Kills++;
            await process.Process.KillAsync();
        }
        else
        {
            await process.StopAsync(cancellationToken);
        }

        life.EndedAt = DateTime.UtcNow.Ticks;
        return $"instance {slot + 1} {(kill ? "is killed" : "leaves")}";
    }

    private void Start(int slot)
    {
        if (_slots[slot] is not null)
        {
            return;
        }

        var number = Lives.Count + 1;
        var life = new Life($"instance {slot + 1} (process {number})", run.PathOf($"trace-{_ports[slot]}-{number}.csv"));
        Lives.Add(life);
        var settings = new Dictionary<string, string?> { [TraceSetting] = life.TraceFile };
        _slots[slot] = (launcher.Start(port: _ports[slot], settings: settings), life);
    }
}
