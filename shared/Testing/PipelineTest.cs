using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.InMemory;
using KafkaFunctions.Streams.State.Queries;
using KafkaFunctions.Testing.Brokers;
using KafkaFunctions.Testing.Faults;
using KafkaFunctions.Testing.Instances;
using KafkaFunctions.Testing.Running;
using KafkaFunctions.Testing.Time;
using KafkaFunctions.Worker.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.Testing;

/// <summary>
/// Runs one function or a whole pipeline in memory: the shipped middleware and state, on topics, stores and a clock of the test. Two
/// runs of a test do the same. What goes wrong is an exception, so any test framework will do.
/// </summary>
/// <remarks>Not safe for concurrent use. Wall time stands still unless the test moves it, or code under test waits for a time: then
/// it moves there at once.</remarks>
public sealed class PipelineTest : IAsyncDisposable
{
    private readonly TestTopics _topics;
    private readonly InMemoryStateStorage _storage = new();
    private readonly TestClock _clock;
    private readonly FaultPlan _faults = new();
    private readonly AppModel _model;
    private readonly PipelineRunner _runner;
    private readonly StateReader _reader;
    private readonly CancellationToken _stop;
    private bool _running;

    private PipelineTest(PipelineTestBuilder builder)
    {
        _clock = new TestClock(builder.StartTime);
        _topics = new TestTopics(new InMemoryBroker { Now = () => _clock.Milliseconds }, builder.Partitions, builder.PartitionsOf);
        _model = new AppModel(builder, _topics, _storage);
        _runner = new PipelineRunner(_model, _topics, _clock, _faults, new BatchCuts(builder.MaxBatchSize, builder.Seed));
        _reader = new StateReader(_storage);
        _stop = builder.CancellationToken;
    }

    /// <summary>Wall time, as functions see it through their <see cref="TimeProvider"/>.</summary>
    public DateTimeOffset WallTime => _clock.Now;

    /// <summary>Services of the instance that runs now.</summary>
    public IServiceProvider Services => _runner.Owner.Services;

    /// <summary>Topics that are there: those that functions read, and those that have records.</summary>
    public IReadOnlyList<string> Topics => [.. _topics.Broker.Topics.Select(topic => topic.Name).Order(StringComparer.Ordinal)];

    /// <summary>Makes a test.</summary>
    /// <param name="configure">Says what it runs.</param>
    /// <exception cref="Streams.KafkaFunctionsException">Functions or settings are wrong; everything wrong is named.</exception>
    public static PipelineTest Create(Action<PipelineTestBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new PipelineTestBuilder();
        configure(builder);
        return new PipelineTest(builder);
    }

    /// <summary>A way to pipe records into a topic.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="key">Writes keys.</param>
    /// <param name="value">Writes values.</param>
    /// <param name="startTime">Event time of the first record without one; null (default) for the wall time of now.</param>
    /// <param name="autoAdvance">How far event time moves on after each such record. Default none.</param>
    public TestInput<TKey, TValue> Input<TKey, TValue>(
        string topic, ISerializer<TKey> key, ISerializer<TValue> value, DateTimeOffset? startTime = null, TimeSpan autoAdvance = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        return new TestInput<TKey, TValue>(this, topic, key, value, startTime ?? WallTime, autoAdvance);
    }

    /// <summary>A way to read a topic, from its beginning.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="key">Reads keys.</param>
    /// <param name="value">Reads values.</param>
    public TestOutput<TKey, TValue> Output<TKey, TValue>(string topic, IDeserializer<TKey> key, IDeserializer<TValue> value)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        return new TestOutput<TKey, TValue>(new OutputView(_topics, topic, Honoured(topic), skipCopies: false), key, value);
    }

    /// <summary>The records of a topic that a function could not process, in their order.</summary>
    /// <param name="topic">The topic that the function reads, without <c>.dlq</c>.</param>
    public IReadOnlyList<TestDeadLetter> DeadLetters(string topic)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        var letters = _topics.Broker.Find(topic + KafkaTriggerBinding.DeadLetterSuffix);
        return letters is null ? [] : [.. letters.Arrived.Select(record => new TestDeadLetter(record))];
    }

    /// <summary>What a function keeps in a store, as queries see it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="key">Reads and writes keys, as the operator's serde does.</param>
    /// <param name="value">Reads values.</param>
    public TestStore<TKey, TValue> Store<TKey, TValue>(string store, ISerde<TKey> key, IDeserializer<TValue> value)
    {
        ArgumentException.ThrowIfNullOrEmpty(store);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        return new TestStore<TKey, TValue>(_reader, store, key, value);
    }

    /// <summary>The highest event time of a partition so far; null where it has no record.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="partition">The partition.</param>
    public DateTimeOffset? StreamTime(string topic, int partition = 0) =>
        _topics.Broker.Find(topic)?.Partitions[partition] is { Count: > 0 } log
            ? DateTimeOffset.FromUnixTimeMilliseconds(log.Max(record => record.Timestamp!.UnixTimestampMs))
            : null;

    /// <summary>Runs until every record of every topic is processed.</summary>
    /// <exception cref="FunctionFailedException">A function fails in a way that no further delivery mends.</exception>
    public Task RunAsync() => RunAloneAsync(_runner.RunAsync);

    /// <summary>Runs a timer function now, and then until every record is processed. Its schedule stays as it is.</summary>
    /// <param name="function">The function's name.</param>
    /// <exception cref="ArgumentException">There is no such timer.</exception>
    /// <exception cref="FunctionFailedException">A function fails in a way that no further delivery mends.</exception>
    public Task RunTimerAsync(string function) => RunAloneAsync(token => _runner.RunTimerAsync(function, token));

    /// <summary>Moves wall time on. Timer functions that fall due run at their time, in order, and what they publish is processed.</summary>
    /// <param name="by">How far.</param>
    /// <exception cref="FunctionFailedException">A function fails in a way that no further delivery mends.</exception>
    public Task AdvanceWallTimeAsync(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        return RunAloneAsync(token => _runner.AdvanceAsync(by, token));
    }

    /// <summary>Lets something go wrong when code under test comes to a step.</summary>
    /// <param name="fault">What.</param>
    /// <param name="at">Where.</param>
    /// <param name="times">At how many of the next times that the step is reached. Default once.</param>
    /// <param name="skip">How many times that the step is reached pass before. Default none.</param>
    /// <returns>The fault; it says whether it has struck.</returns>
    /// <exception cref="ArgumentException">The fault cannot happen there (<see cref="Fault.CanStrike"/>).</exception>
    public InjectedFault Inject(Fault fault, Step at, int times = 1, int skip = 0)
    {
        ArgumentNullException.ThrowIfNull(fault);
        ArgumentNullException.ThrowIfNull(at);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        return _faults.Add(fault, at, times, skip);
    }

    /// <summary>Another instance takes the place of the one that runs: what is in memory is gone, topics, stores and committed offsets
    /// stay.</summary>
    public void Restart() => _runner.Restart();

    /// <summary>Has the last records of each partition of a topic delivered again to every function that reads it, as after a lost
    /// commit.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="last">How many records of each partition.</param>
    public Task RedeliverAsync(string topic, int last)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        ArgumentOutOfRangeException.ThrowIfLessThan(last, 1);
        _runner.GoBack(topic, last);
        return RunAsync();
    }

    /// <summary>Ends the test; what its instances made is disposed.</summary>
    public ValueTask DisposeAsync() => _runner.DisposeAsync();

    internal void Append(string topic, OutputRecord record, int? partition) => _topics.Append(topic, record, partition);

    private CopyFilter Honoured(string topic) =>
        new(_model.Catalog, _runner.Owner.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<Worker.Outputs.OutputOptions>>().Value.Application, topic);

    private async Task RunAloneAsync(Func<CancellationToken, Task> run)
    {
        if (_running)
        {
            throw new InvalidOperationException("The test runs already: await each call before the next one.");
        }

        _running = true;
        try
        {
            // Away from the test framework's synchronisation context: code under test goes on where it is answered.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            await run(_stop).ConfigureAwait(false);
        }
        finally
        {
            _running = false;
        }
    }
}
