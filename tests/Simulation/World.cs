using KafkaFunctions.Simulation.Checks;
using KafkaFunctions.Simulation.Instances;
using KafkaFunctions.Simulation.Pipeline;
using KafkaFunctions.Simulation.Scheduling;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.InMemory;
using KafkaFunctions.Streams.Windows.Timelines;
using KafkaFunctions.Testing.Brokers;

namespace KafkaFunctions.Simulation;

/// <summary>One run of the pipeline under trouble, from a seed, on the thread that makes it; then rest; then the checks.</summary>
internal sealed class World
{
    private const int MaxTroubledSteps = 2_500;
    private const int MaxStepsToRest = 30_000;
    private const int MaxInstances = 6;
    private const int LongestPause = 400;

    // In milliseconds: enough for instances to look again for what others have written.
    private const int TimeBetweenRests = 60_000;

    private static readonly TimelineLimits SmallPages = new(2, 2, 24 * 1024);

    private readonly Trace _trace;
    private readonly List<Instance> _instances = [];
    private readonly Dictionary<(SimulatedFunction Function, int Partition), Owner> _owners = [];
    private readonly Dictionary<(string Topic, int Partition), List<(Owner Owner, Step Step)>> _idle = [];
    private readonly List<(Owner Owner, Step Step)> _held = [];
    private bool _areHeld = true;
    private readonly Timers _timers;
    private Chaos _chaos = Chaos.None;
    private int _lastInstance;
    private string? _problem;

    private World(SimulationSettings settings)
    {
        Settings = settings;
        Dice = new Dice((ulong)settings.Seed);
        _trace = new Trace(settings.Trace);
        Scheduler = new Scheduler(Dice, _trace) { Stickiness = Dice.Of(0, 0.5, 0.9) };
        Service.Use(Scheduler);
        Pipeline = PipelineCatalog.Of(Dice, settings.Part);
        RunOptions = new StreamRunOptions { FoldBatch = Dice.Chance(0.7), MaxAttempts = Dice.Between(1, 2) };
        StateOptions = new StateOptions { Buckets = Dice.Between(1, 3), CacheBytes = Dice.Of(0, 1_500, 1_000_000), MaxWriteAttempts = Dice.Of(1, 3, 20), Timelines = Dice.Of(TimelineLimits.Default, TimelineLimits.Default, SmallPages) };
        PublishRetries = Dice.Of(0, 3);
        MillisecondsPerStep = Dice.Of(1, 1, 100);
        ScanPageRows = Dice.Of(1, 2, 1_000);
        CleansUp = Dice.Chance(0.5);
        foreach (var topic in Pipeline.Topics)
        {
            Broker.Create(topic, Dice.Between(1, 3));
            Broker.Create(topic + ".dlq", 1);
        }

        Broker.Appended = Wake;
        _timers = new Timers(this);
        Inputs = [.. MakeInputs()];
    }

    public SimulationSettings Settings { get; }

    public ProtocolRule Broken => Settings.Broken;

    public Dice Dice { get; }

    public Scheduler Scheduler { get; }

    public InMemoryBroker Broker { get; } = new();

    public InMemoryStateStorage Storage { get; } = new();

    public PipelineCatalog Pipeline { get; }

    public StreamRunOptions RunOptions { get; }

    public StateOptions StateOptions { get; }

    public int PublishRetries { get; }

    /// <summary>How fast wall time goes: what is looked at from time to time is, in some worlds.</summary>
    public int MillisecondsPerStep { get; }

    /// <summary>Rows of a range that are read at once.</summary>
    public int ScanPageRows { get; }

    /// <summary>Whether rows that hold nothing any more are deleted in the end.</summary>
    public bool CleansUp { get; }

    public IReadOnlyList<Input> Inputs { get; }

    /// <summary>Whether two owners of a partition were at work at once, or something of a dead one arrived late.</summary>
    public bool HadZombies => Zombies > 0 || Scheduler.Orphans > 0;

    public int Batches { get; set; }

    public int Failures { get; set; }

    public int Fenced { get; set; }

    private int Crashes { get; set; }

    private int Zombies { get; set; }

    private int Moves { get; set; }

    /// <summary>Runs a seed to its end. What the simulation itself fails with is its problem.</summary>
    public static SimulationResult Run(SimulationSettings settings)
    {
        try
        {
            return new World(settings).Run();
        }
#pragma warning disable CA1031 // Thrown on a thread of its own, it would end the process.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return new SimulationResult(settings.Seed, $"The simulation itself fails: {error}", 0, default);
        }
    }

    private SimulationResult Run()
    {
        for (var i = Dice.Between(1, 3); i > 0; i--)
        {
            NewInstance();
        }

        StartAll();
        if (Pipeline.Parts.All(part => part.IsThereAtOnce))
        {
            Inputs.ToList().ForEach(Append);
        }
        else
        {
            _ = FeedAsync();
        }

        _chaos = Chaos.Of(Dice);
        _trace.Say(0, $"{Settings.Seed}: {string.Join(" and ", Pipeline.Parts.Select(part => part.Kind))}, {Inputs.Count} inputs, {_chaos}, fold {RunOptions.FoldBatch}, {StateOptions.Buckets} buckets");
        RunTroubled(MaxTroubledSteps);
        ReleaseHeld();
        ComeToRest();
        _timers.CloseIdle();
        _timers.CleanUp();
        var survivors = new Survivors(Broker);
        var problem = Scheduler.ThreadError ?? _problem ?? Unread() ?? Wrong(survivors);
        Fingerprint.Add(_trace, this);
        return new SimulationResult(Settings.Seed, problem, _trace.Hash, Counts(survivors));
    }

    public void Say(string what)
    {
        if (_trace.IsRead)
        {
            _trace.Say(Scheduler.Steps, what);
        }
    }

    /// <summary>Waits until the owner's partition has records, or it shall leave.</summary>
    public Task PollAsync(Owner owner)
    {
        var step = new ResultStep<bool>(StepKind.Poll, owner.Instance, $"{owner.Function.Name}:{owner.Partition}", () => true) { IsInstant = true };
        if (_areHeld && Pipeline.Parts.Any(part => part.StandsStill == owner.Function.Name))
        {
            _held.Add((owner, step));
        }
        else if (owner.IsLeaving || Broker[owner.Function.Source].Partitions[owner.Partition].Count > owner.Position)
        {
            Scheduler.Add(step);
        }
        else
        {
            Idle(owner).Add((owner, step));
        }

        return step.Task;
    }

    /// <summary>The others have nothing left to do: functions that stood still go on.</summary>
    private Step? TakeOneOfHeld()
    {
        ReleaseHeld();
        return Scheduler.TakeOne();
    }

    private void ReleaseHeld()
    {
        _areHeld = false;
        _held.ForEach(waiting => Scheduler.Add(waiting.Step));
        _held.Clear();
    }

    /// <summary>An owner has let its partition go in good order.</summary>
    public void TakeOver(Owner from) => Start(from.Function, from.Partition, Dice.OneOf(_instances));

    private IEnumerable<Input> MakeInputs()
    {
        var count = Dice.Between(5, 40);
        for (var i = 1; i <= count; i++)
        {
            foreach (var input in Pipeline.Parts.SelectMany(part => part.InputsAt(i, Dice)))
            {
                yield return input;
            }
        }

        foreach (var input in Pipeline.Parts.SelectMany(part => part.LastInputs(Dice)))
        {
            yield return input;
        }
    }

    private async Task FeedAsync()
    {
        foreach (var input in Inputs)
        {
            var step = new ResultStep<bool>(StepKind.Feed, null, input.Topic, () => true) { IsInstant = true };
            Scheduler.Add(step);
            await step.Task.ConfigureAwait(false);
            Append(input);
        }
    }

    private void Append(Input input)
    {
        var record = new OutputRecord(input.Key is { } key ? Serdes.Int64.Serialize(key) : null, input.Bytes)
        {
            Timestamp = input.Timestamp,
        };
        Broker.Append(input.Topic, record.Key is null ? Dice.Below(Broker[input.Topic].Partitions.Length) : Broker.PartitionOf(input.Topic, record), record);
    }

    private void MakeTrouble(Instance? at)
    {
        var chaos = Scheduler.Chaos;
        if (at is { IsDead: false } && Dice.Chance(chaos.Crash))
        {
            Crash(at);
        }

        if (Dice.Chance(chaos.Zombie))
        {
            Zombies++;
            var (function, partition) = AnyPartition();
            Say($"zombie: {function.Name}:{partition}");
            Start(function, partition, AnyInstance());
        }

        if (Dice.Chance(chaos.Move))
        {
            Moves++;
            Move(_owners[AnyPartition()]);
        }

        if (Dice.Chance(chaos.CleanUp))
        {
            _timers.StartToCleanUp(Dice.OneOf(Pipeline.Functions));
        }

        if (at is not null && Dice.Chance(chaos.Pause))
        {
            at.PausedUntil = Scheduler.Steps + Dice.Between(10, LongestPause);
        }
    }

    private void Crash(Instance instance)
    {
        Crashes++;
        Kill(instance);
        foreach (var (partition, owner) in _owners.ToArray())
        {
            if (owner.Instance == instance)
            {
                Start(partition.Function, partition.Partition, AnyInstance());
            }
        }
    }

    private void Kill(Instance instance)
    {
        Say($"{instance} dies");
        instance.IsDead = true;
        _instances.Remove(instance);
        Scheduler.Bury(instance);
        foreach (var idle in _idle.Values.Append(_held))
        {
            idle.RemoveAll(waiting => waiting.Owner.Instance == instance);
        }
    }

    private void Move(Owner owner)
    {
        Say($"{owner} leaves");
        owner.IsLeaving = true;
        var idle = Idle(owner);
        var index = idle.FindIndex(waiting => waiting.Owner == owner);
        if (index >= 0)
        {
            Scheduler.Add(idle[index].Step);
            idle.RemoveAt(index);
        }
    }

    /// <summary>No more trouble: the owners go on, or new ones take over from the committed offsets, until nothing is left to do.</summary>
    private void ComeToRest()
    {
        if (Dice.Chance(0.5))
        {
            foreach (var instance in _instances.ToArray())
            {
                Kill(instance);
            }

            NewInstance();
            StartAll();
        }

        Say("no more trouble");
        Rest();
        Feed(Pipeline.Parts.SelectMany(part => part.InputsAtRest(Dice)));
    }

    /// <summary>Lets records come in, each when the one before has been processed.</summary>
    public void Feed(IEnumerable<Input> inputs)
    {
        foreach (var input in inputs.ToList())
        {
            Scheduler.Skipped += TimeBetweenRests;
            Append(input);
            Rest();
        }
    }

    /// <summary>Steps are taken under the trouble that the world began with.</summary>
    /// <param name="most">How many at most.</param>
    public void RunTroubled(int most)
    {
        Scheduler.Chaos = _chaos;
        var last = Scheduler.Steps + most;
        while (_problem is null && Scheduler.Steps < last && (Scheduler.TakeOne() ?? TakeOneOfHeld()) is { } step)
        {
            MakeTrouble(step.Owner);
        }

        Scheduler.Chaos = Chaos.None;
    }

    /// <summary>Steps are taken until nothing is left to do.</summary>
    public void Rest()
    {
        var last = Scheduler.Steps + MaxStepsToRest;
        while (_problem is null && Scheduler.TakeOne() is not null)
        {
            if (Scheduler.Steps > last)
            {
                _problem = "The pipeline does not come to rest.";
            }
        }
    }

    private void StartAll()
    {
        foreach (var function in Pipeline.Functions)
        {
            for (var partition = 0; partition < Broker[function.Source].Partitions.Length; partition++)
            {
                Start(function, partition, Dice.OneOf(_instances));
            }
        }
    }

    private void Start(SimulatedFunction function, int partition, Instance instance)
    {
        var owner = new Owner(this, instance, function, partition);
        _owners[(function, partition)] = owner;
        Say($"{owner} starts");
        _ = GuardAsync(owner);
    }

    private async Task GuardAsync(Owner owner)
    {
        try
        {
            await owner.RunAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever it was, it is what the simulation has found.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _problem ??= $"{owner}: {error}";
        }
    }

    /// <summary>What is wrong, the first time that something is.</summary>
    public void Fail(string problem) => _problem ??= problem;

    public Instance AnyInstance() => _instances.Count == 0 || (_instances.Count < MaxInstances && Dice.Chance(0.5)) ? NewInstance() : Dice.OneOf(_instances);

    private Instance NewInstance()
    {
        var instance = new Instance(this, ++_lastInstance);
        _instances.Add(instance);
        return instance;
    }

    private (SimulatedFunction Function, int Partition) AnyPartition()
    {
        var function = Dice.OneOf(Pipeline.Functions);
        return (function, Dice.Below(Broker[function.Source].Partitions.Length));
    }

    private void Wake(InMemoryTopic topic, int partition)
    {
        if (_trace.IsRead)
        {
            Say($"    {topic.Name}/{partition} {ShownRecord.Of(topic.Partitions[partition][^1])} at {topic.Partitions[partition][^1].Timestamp?.UnixTimestampMs}");
        }

        if (_idle.TryGetValue((topic.Name, partition), out var idle))
        {
            idle.ForEach(waiting => Scheduler.Add(waiting.Step));
            idle.Clear();
        }
    }

    private List<(Owner Owner, Step Step)> Idle(Owner owner)
    {
        var key = (owner.Function.Source, owner.Partition);
        if (!_idle.TryGetValue(key, out var idle))
        {
            _idle.Add(key, idle = []);
        }

        return idle;
    }

    private string? Unread()
    {
        foreach (var ((function, partition), owner) in _owners)
        {
            if (Broker.Committed(function.Name, partition) is var committed && committed != Broker[function.Source].Partitions[partition].Count)
            {
                return $"{owner} stands still: committed {committed} of {Broker[function.Source].Partitions[partition].Count}.";
            }
        }

        return null;
    }

    private string? Wrong(Survivors survivors) =>
        Identities.FirstProblem(Broker, Pipeline) ?? Pipeline.Parts.Select(part => part.FirstProblem(this, survivors)).FirstOrDefault(problem => problem is not null);

    private SimulationCounts Counts(Survivors survivors)
    {
        var records = Broker.Topics.Sum(topic => topic.Partitions.Sum(partition => (long)partition.Count));
        return new SimulationCounts
        {
            Steps = Scheduler.Steps,
            Records = records,
            Copies = records - Broker.Topics.Sum(topic => (long)survivors[topic.Name].Count),
            DeadLetters = Broker.Topics.Where(topic => topic.Name.EndsWith(".dlq", StringComparison.Ordinal)).Sum(topic => (long)survivors[topic.Name].Count),
            Batches = Batches,
            Failures = Failures,
            Crashes = Crashes,
            Zombies = Zombies,
            Moves = Moves,
            Fenced = Fenced,
        };
    }
}
