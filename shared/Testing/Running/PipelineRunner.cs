using KafkaFunctions.SelfHost.Invocation;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Testing.Brokers;
using KafkaFunctions.Testing.Faults;
using KafkaFunctions.Testing.Instances;
using KafkaFunctions.Testing.Time;
using KafkaFunctions.Worker.Outputs;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Testing.Running;

/// <summary>Runs the functions, one batch after the other, on the instance that owns the partitions; it starts another one where that
/// dies or loses them.</summary>
internal sealed class PipelineRunner : IAsyncDisposable
{
    // Far more than any retry needs: a batch that never succeeds ends the test instead of running for ever.
    private const int MaxDeliveries = 200;

    // As the self-host waits between two deliveries of a batch.
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    private readonly AppModel _model;
    private readonly TestTopics _topics;
    private readonly TestClock _clock;
    private readonly FaultPlan _faults;
    private readonly BatchCuts _cuts;
    private readonly List<AppInstance> _instances = [];
    private readonly Queue<(AppInstance Instance, Task Call)> _stopped = [];
    private readonly List<(TestFunction Function, int Partition)> _partitions;
    private readonly List<TestTimer> _timers;
    private Dictionary<(TestFunction Function, int Partition), PartitionReader> _readers = [];

    public PipelineRunner(AppModel model, TestTopics topics, TestClock clock, FaultPlan faults, BatchCuts cuts)
    {
        _model = model;
        _topics = topics;
        _clock = clock;
        _faults = faults;
        _cuts = cuts;
        _partitions =
        [
            .. model.Functions.SelectMany(function => Enumerable.Range(0, topics.Get(function.Topic).Partitions.Length).Select(partition => (function, partition))),
        ];
        _timers = [.. model.TimerFunctions.Select(function => model.CreateTimer(function, clock.Now))];
        Owner = Start();
    }

    /// <summary>The instance that owns the partitions.</summary>
    public AppInstance Owner { get; private set; }

    /// <summary>Another instance takes the place of the one that runs.</summary>
    public void Restart() => Owner = Start();

    /// <summary>Has the last records of a topic delivered again to every function that reads it.</summary>
    public void GoBack(string topic, int records)
    {
        foreach (var reader in _readers.Values.Where(reader => reader.Function.Topic == topic))
        {
            reader.GoBack(records);
        }
    }

    /// <summary>Runs until every record of every topic is processed, and nobody stands still any more.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        do
        {
            while (await RunTurnAsync(cancellationToken).ConfigureAwait(false))
            {
            }
        }
        while (await LetOneGoOnAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <exception cref="ArgumentException">There is no such timer.</exception>
    public async Task RunTimerAsync(string function, CancellationToken cancellationToken)
    {
        var timer = _timers.Find(timer => timer.Descriptor.Name.Equals(function, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"There is no function '{function}' with a timer. There are: {string.Join(", ", _timers.Select(timer => timer.Descriptor.Name))}.", nameof(function));
        await RunTimerAsync(timer, cancellationToken).ConfigureAwait(false);
        timer.RanByHand(_clock.Now);
        await RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Moves wall time on; timers that fall due run at their time, and what they publish is processed.</summary>
    public async Task AdvanceAsync(TimeSpan by, CancellationToken cancellationToken)
    {
        var end = _clock.Now + by;
        while (_timers.Where(timer => timer.Next <= end).MinBy(timer => timer.Next) is { } timer)
        {
            Owner.Time.MoveTo(timer.Next.UtcTicks);
            await RunTimerAsync(timer, cancellationToken).ConfigureAwait(false);
            timer.Ran(_clock.Now);
            await RunAsync(cancellationToken).ConfigureAwait(false);
        }

        Owner.Time.MoveTo(end.UtcTicks);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances)
        {
            await instance.DisposeAsync().ConfigureAwait(false);
        }
    }

    private AppInstance Start()
    {
        var instance = new AppInstance(_model, _faults, _clock);
        _instances.Add(instance);
        _readers = _partitions.ToDictionary(
            partition => partition, partition => new PartitionReader(_topics.Broker, partition.Function, partition.Partition));
        return instance;
    }

    /// <returns>Whether there was anything to do.</returns>
    private async Task<bool> RunTurnAsync(CancellationToken cancellationToken)
    {
        var any = false;
        foreach (var partition in _cuts.InTurn(_partitions))
        {
            if (_readers[partition].Lag > 0)
            {
                any = true;
                await RunBatchAsync(partition, cancellationToken).ConfigureAwait(false);
            }
        }

        return any;
    }

    /// <summary>Runs a batch until it succeeds, as the host does; where the instance dies or stops, its successor has to.</summary>
    private async Task RunBatchAsync((TestFunction Function, int Partition) partition, CancellationToken cancellationToken)
    {
        var delay = FirstDelay;
        for (var delivery = 1; ; delivery++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reader = _readers[partition];
            var (first, count) = (reader.Position, _cuts.Of(reader.Lag));
            Owner.Function = partition.Function.Name;
            var call = reader.ProcessAsync(Owner, count, cancellationToken);
            if (!await HasEndedAsync(call).ConfigureAwait(false) || call.IsCompletedSuccessfully)
            {
                return;
            }

            if (call.IsCanceled)
            {
                await call.ConfigureAwait(false);
            }

            var error = call.Exception!.InnerException!;
            if (delivery == MaxDeliveries || !Passes(error))
            {
                throw new FunctionFailedException(partition.Function.Name, $"{partition.Function.Topic}/{partition.Partition}", first, first + count - 1, error);
            }

            Owner.Time.MoveTo(_clock.Ticks + delay.Ticks);
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }

    private async Task RunTimerAsync(TestTimer timer, CancellationToken cancellationToken)
    {
        var name = timer.Descriptor.Name;
        var info = new TimerInfo
        {
            ScheduleStatus = new ScheduleStatus { Last = timer.Last.UtcDateTime, Next = timer.Next.UtcDateTime, LastUpdated = timer.Last.UtcDateTime },
        };
        Owner.Function = name;
        var call = Owner.Invoker.InvokeAsync(timer.Descriptor, new TriggerInput(info), cancellationToken);
        if (await HasEndedAsync(call).ConfigureAwait(false) && call.Exception?.InnerException is { } error && !Passes(error))
        {
            throw new FunctionFailedException(name, error);
        }
    }

    /// <summary>The first of those that stand still goes on, as if it still owned its partitions. Where it fails it gives up: by then it
    /// knows.</summary>
    private async Task<bool> LetOneGoOnAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_stopped.TryDequeue(out var stopped))
        {
            return false;
        }

        stopped.Instance.GoOn();
        var ending = await DriveAsync(stopped.Instance, stopped.Call).ConfigureAwait(false);
        if (ending == Ending.Stopped)
        {
            _stopped.Enqueue(stopped);
        }
        else if (ending == Ending.Ended && stopped.Call.Exception?.InnerException is { } error && !Passes(error))
        {
            throw new FunctionFailedException(stopped.Instance.Function!, error);
        }

        return true;
    }

    /// <returns>False where another instance has taken over.</returns>
    private async Task<bool> HasEndedAsync(Task call)
    {
        var ending = await DriveAsync(Owner, call).ConfigureAwait(false);
        if (ending == Ending.Ended)
        {
            return true;
        }

        if (ending == Ending.Stopped)
        {
            _stopped.Enqueue((Owner, call));
        }

        Owner = Start();
        return false;
    }

    /// <summary>Waits for a call. Where it waits for a time, the clock moves there.</summary>
    private static async Task<Ending> DriveAsync(AppInstance instance, Task call)
    {
        while (true)
        {
            var changed = instance.Changed;
            if (call.IsCompleted)
            {
                return Ending.Ended;
            }

            if (instance.IsDead || instance.IsStopped)
            {
                return instance.IsDead ? Ending.Crashed : Ending.Stopped;
            }

            if (!instance.Time.EndNextWait())
            {
                await Task.WhenAny(call, changed).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether the host's next delivery may succeed. Anything else would fail for ever, and is told at once.</summary>
    private static bool Passes(Exception error) =>
        error is BatchRetryException or StateUnavailableException or StateConflictException or PublishException or BrokerUnavailableException;
}
