using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Processes;
using KafkaFunctions.Bench.Runs;

namespace KafkaFunctions.Bench.Rebalance;

/// <summary>Three instances of the app in the same consumer groups, each of which may be up or down.</summary>
internal sealed class InstanceGroup(BenchRun run, AppLauncher launcher)
{
    private const int Size = 3;
    private const string TraceSetting = "KafkaTrigger__TraceFile";

    private readonly int[] _ports = FreePorts.Take(Size);
    private readonly (AppProcess Process, Life Life)?[] _slots = new (AppProcess, Life)?[Size];

    /// <summary>All processes there ever were.</summary>
    public List<Life> Lives { get; } = [];

    /// <summary>How often an instance was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>Instances that are up.</summary>
    public IReadOnlyList<AppProcess> Running => [.. _slots.Where(slot => slot is not null).Select(slot => slot!.Value.Process)];

    /// <summary>Starts all that are down and waits until they are ready.</summary>
    public async Task StartAllAsync(CancellationToken cancellationToken)
    {
        for (var slot = 0; slot < Size; slot++)
        {
            Start(slot);
        }

        await Task.WhenAll(Running.Select(process => process.WaitUntilReadyAsync(cancellationToken)));
    }

    /// <summary>Makes one random change: an instance joins, leaves (SIGTERM) or, if allowed, is killed. One always stays.</summary>
    public async Task<string> ChangeAsync(Random random, bool mayKill, CancellationToken cancellationToken)
    {
        var slot = random.Next(Size);
        var kill = random.Next(2) == 0;
        if (_slots[slot] is null)
        {
            Start(slot);
            return $"instance {slot + 1} joins";
        }

        if (Running.Count == 1)
        {
            slot = (slot + 1) % Size;
            Start(slot);
            return $"instance {slot + 1} joins";
        }

        var (process, life) = _slots[slot]!.Value;
        _slots[slot] = null;
        BenchRun.RequireAlive(process.Process);
        if (mayKill && kill)
        {
            Kills++;
            await process.Process.KillAsync();
        }
        else
        {
            await process.StopAsync(cancellationToken);
        }

        life.EndedAt = DateTime.UtcNow.Ticks;
        return $"instance {slot + 1} {(mayKill && kill ? "is killed" : "leaves")}";
    }

    /// <summary>Stops all that are up.</summary>
    public async Task StopAllAsync(CancellationToken cancellationToken)
    {
        for (var slot = 0; slot < Size; slot++)
        {
            if (_slots[slot] is var (process, life))
            {
                await process.StopAsync(cancellationToken);
                life.EndedAt = DateTime.UtcNow.Ticks;
                _slots[slot] = null;
            }
        }
    }

    private void Start(int slot)
    {
        if (_slots[slot] is not null)
        {
            return;
        }

        var number = Lives.Count + 1;
        var life = new Life($"instance {slot + 1} (process {number})", run.PathOf($"trace-{number}.csv"));
        Lives.Add(life);
        var settings = new Dictionary<string, string?> { [TraceSetting] = life.TraceFile };
        _slots[slot] = (launcher.Start(port: _ports[slot], settings: settings), life);
    }
}
