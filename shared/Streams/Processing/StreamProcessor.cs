using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.Topology;
using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.Streams.Processing;

/// <summary>What a function does to each record, composed once from a <see cref="KStream{TKey, TValue}"/> and run over batches.</summary>
/// <remarks>Building is for one thread; running is safe for concurrent use, as partitions run in parallel, as far as
/// the functions given to the operators are. The first run ends the building.</remarks>
public sealed class StreamProcessor
{
    /// <summary>Name of the output that is the function's return value.</summary>
    public const string ReturnOutput = "$return";

    private readonly List<string> _outputs = [];
    private readonly List<StateBarrier> _barriers = [];
    private readonly SourceNode _source;
    private volatile bool _frozen;

    internal StreamProcessor(SourceNode source) => _source = source;

    /// <summary>Names of the outputs, in the order they were first named.</summary>
    public IReadOnlyList<string> Outputs => _outputs;

    /// <summary>Runs a batch, record by record, in order. A record that fails does not stop the others.</summary>
    /// <param name="batch">The records, in the order of their offsets.</param>
    /// <param name="read">Gives the record's bytes and coordinates; called once per record.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Checked before each record.</param>
    /// <returns>What became of each record, and the outputs.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> is cancelled. An
    /// <see cref="OperationCanceledException"/> of the function's own code (its time-out) while it is not cancelled is an error
    /// of the record like any other.</exception>
    /// <remarks>An error while a record's bytes are read, or a <see cref="SerializationException"/> anywhere, makes the record
    /// poison at once. Any other error of the function's own code does after <see cref="StreamRunOptions.MaxAttempts"/>; each
    /// attempt starts anew, from the bytes. <see cref="RetryRecordException"/> stops the batch at the record. In every case
    /// the record's outputs so far are taken back.</remarks>
    /// <exception cref="InvalidOperationException">An operator reads or writes state: use RunAsync.</exception>
    public StreamResult Run<TRecord>(
        IReadOnlyList<TRecord> batch,
        Func<TRecord, InputRecord> read,
        StreamRunOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(read);
        if (_barriers.Count > 0)
        {
            throw new InvalidOperationException("The stream has an operator with state: run it with RunAsync.");
        }

        _frozen = true;
        var maxAttempts = (options ?? StreamRunOptions.Default).MaxAttempts;
        var result = new StreamResult(_outputs, batch.Count);
        var context = new RunContext(result.Buffers);
        for (var i = 0; i < batch.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            context.Begin(read(batch[i]));
            var outcome = RunRecord(context, maxAttempts, cancellationToken);
            result.Set(i, outcome);
            if (outcome.Kind == RecordOutcomeKind.Retry)
            {
                break;
            }
        }

        return result;
    }

    /// <summary>Runs a batch that may be of several partitions: the operators up to one with state record by record, in order;
    /// then the state, for all records together; then the operators after it.</summary>
    /// <param name="batch">The records; those of a partition in the order of their offsets.</param>
    /// <param name="read">Gives the record's bytes and coordinates; called once per record.</param>
    /// <param name="state">The state of the application's functions.</param>
    /// <param name="function">The function that the processor is of.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Checked before each record.</param>
    /// <returns>What became of each record, and the outputs: publish them in their order, and when all are acknowledged, go on
    /// with <see cref="StreamResult.Completion"/>.</returns>
    /// <exception cref="StateUnavailableException">The store does not answer. Run the batch again.</exception>
    /// <exception cref="StateConflictException">Other instances keep writing the same rows. Run the batch again.</exception>
    /// <exception cref="StoreMismatchException">The store is not this function's.</exception>
    /// <exception cref="StateCorruptException">A row cannot be read.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> is cancelled.</exception>
    /// <remarks>Errors of a record are handled as by <see cref="Run"/>. Where one occurs in an operator with state, or behind
    /// it, the record alone is poison, and the others of its key go on without it.</remarks>
    public Task<StreamResult> RunAsync<TRecord>(
        IReadOnlyList<TRecord> batch,
        Func<TRecord, InputRecord> read,
        StateRuntime state,
        StreamFunction function,
        StreamRunOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(function);
        _frozen = true;
        var inputs = new InputRecord[batch.Count];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = read(batch[i]);
        }

        return new BatchRun(this, inputs, state, function, options ?? StreamRunOptions.Default).RunAsync(cancellationToken);
    }

    /// <summary>Whether the function keeps state of its own.</summary>
    public bool IsStateful => _barriers.Exists(barrier => barrier.KeepsState);

    /// <summary>The stores that the function keeps; looking at others' does not count.</summary>
    public IReadOnlyList<StoreDefinition> Stores =>
    [
        .. _barriers.Where(barrier => barrier.KeepsState && barrier.HasValues).DistinctBy(barrier => barrier.Store).Select(barrier =>
            new StoreDefinition(barrier.Store, barrier.KeyFormat, barrier.ValueFormat) { Functions = barrier.Share?.Functions ?? [], IsWindowed = WindowedKind.Is(barrier.Kind) }),
    ];

    /// <summary>The stores that the function keeps or looks keys up in, each once.</summary>
    public IReadOnlyList<StoreUse> StoreUses =>
    [
        .. _barriers.DistinctBy(barrier => (barrier.Store, barrier.KeepsState)).Select(barrier =>
            new StoreUse(barrier.Store, barrier.KeepsState ? StoreAccess.Keep : StoreAccess.LookUp, barrier.Kind) { Functions = barrier.Share?.Functions ?? [] }),
    ];

    /// <summary>Names of the outputs that take late records.</summary>
    public IReadOnlyList<string> LateOutputs => [.. _barriers.Select(barrier => barrier.Windows?.LateOutput).OfType<int>().Select(index => _outputs[index])];

    internal IReadOnlyList<StateBarrier> Barriers => _barriers;

    /// <summary>After how many milliseconds without a record the clock goes on by itself; null for never.</summary>
    internal long? Idle => _barriers.Find(barrier => barrier.Windows is not null)?.Windows!.Rules.Idle;

    internal SourceNode Source => _source;

    /// <summary>Adds a place where the run waits for state.</summary>
    /// <returns>Its index.</returns>
    internal int AddBarrier(StateBarrier barrier)
    {
        ThrowIfFrozen();
        barrier.CheckBeside(_barriers);
        _barriers.Add(barrier);
        return _barriers.Count - 1;
    }

    internal int AddOutput(string name)
    {
        ThrowIfFrozen();
        var index = _outputs.IndexOf(name);
        if (index < 0)
        {
            index = _outputs.Count;
            _outputs.Add(name);
        }

        return index;
    }

    internal void ThrowIfFrozen()
    {
        if (_frozen)
        {
            throw new InvalidOperationException("The stream has run already and takes no further operators: build it completely before its first run.");
        }
    }

    private RecordOutcome RunRecord(RunContext context, int maxAttempts, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                _source.Process(context);
                return context.Emitted > 0 ? RecordOutcome.Processed(attempt) : RecordOutcome.Dropped(attempt);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
            catch (RetryRecordException retry)
            {
                context.RollBack();
                return RecordOutcome.Retry(retry.After, retry, attempt);
            }
            catch (Exception error)
            {
                var final = attempt >= maxAttempts || !context.IsDeserialized || error is SerializationException;
                context.RollBack();
                if (final)
                {
                    return RecordOutcome.Poison(error, attempt);
                }
            }
        }
    }
}
