using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Progress;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.State.Stores;
using KafkaFunctions.Streams.Telemetry;
using KafkaFunctions.Streams.Windows.Results;

namespace KafkaFunctions.Streams.Processing;

/// <summary>One run of a processor with barriers over a batch of one or several partitions. One thread at a time.</summary>
internal sealed class BatchRun
{
    private readonly StreamProcessor _processor;
    private readonly InputRecord[] _inputs;
    private readonly StateRuntime _state;
    private readonly StreamFunction _function;
    private readonly StreamResult _result;
    private readonly RecordOutcome[] _outcomes;
    private readonly int[] _emitted;
    private readonly StateBarrierRun[] _barriers;
    private readonly RunContext _context;
    private readonly Dictionary<SourcePartition, SourceIntake> _sources = [];
    private readonly StoreShare? _share;
    private (string? Topic, string Name) _lastTopic = (null, "");
    private SourceIntake? _lastSource;
    private ProgressKeeper? _progress;
    private int _ignored;
    private int _late;

    public BatchRun(StreamProcessor processor, InputRecord[] inputs, StateRuntime state, StreamFunction function, StreamRunOptions options)
    {
        _processor = processor;
        _inputs = inputs;
        _state = state;
        _function = function;
        Options = options;
        _outcomes = new RecordOutcome[inputs.Length];
        _result = new StreamResult(processor.Outputs, _outcomes);
        _emitted = new int[inputs.Length];
        _share = processor.Barriers.FirstOrDefault(barrier => barrier.Share is not null)?.Share;
        _barriers = [.. processor.Barriers.Select(barrier => barrier.Start(this))];
        _context = new RunContext(_result.Buffers, _barriers, processor.IsStateful ? OriginRule.Restart : OriginRule.Extend);
    }

    public StreamRunOptions Options { get; }

    public StateRuntime State => _state;

    public StreamFunction Function => _function;

    /// <summary>How many records the batch has.</summary>
    public int Records => _inputs.Length;

    /// <summary>The tables of the barriers that keep state, by the barrier's store.</summary>
    public Dictionary<string, RowTable> Tables { get; } = new(StringComparer.Ordinal);

    public IReadOnlyCollection<SourceIntake> Sources => _sources.Values;

    public async Task<StreamResult> RunAsync(CancellationToken cancellationToken)
    {
        if (_inputs.Length == 0)
        {
            return _result;
        }

        if (_processor.IsStateful)
        {
            await OpenAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            RunSource(cancellationToken);
            foreach (var barrier in _barriers)
            {
                if (barrier.HasWork)
                {
                    await barrier.ExecuteAsync(cancellationToken).ConfigureAwait(false);
                    RunBehind(barrier, cancellationToken);
                }
            }
        }
        catch (BatchStoppedException stopped)
        {
            return Stopped(stopped);
        }

        return Finished();
    }

    /// <summary>Index in the batch of a new record; -1 where it is none.</summary>
    public int InputOf(in SourcePartition source, long offset) => FindSource(source)?.InputOf(offset) ?? -1;

    /// <summary>The batch's first offset of a source partition; null where the batch has none.</summary>
    public long? StartOf(SourcePartition source) => FindSource(source)?.Start;

    /// <summary>A record's partition, as rows and progress know it.</summary>
    public SourcePartition SourceOf(int input)
    {
        var topic = _inputs[input].Topic;
        if (_share is not null)
        {
            if (!ReferenceEquals(topic, _lastTopic.Topic))
            {
                _lastTopic = (topic, _share.SourceOf(topic));
            }

            topic = _lastTopic.Name;
        }

        return new SourcePartition(topic, _inputs[input].Partition);
    }

    public ref readonly InputRecord Input(int index) => ref _inputs[index];

    /// <summary>Makes a record a dead letter; the first reason counts.</summary>
    public void Poison(int input, Exception error, int attempts)
    {
        if (_outcomes[input].Kind != RecordOutcomeKind.Poison)
        {
            _outcomes[input] = RecordOutcome.Poison(error, attempts);
        }
    }

    /// <summary>Moves a partition's clock: the highest timestamp that the operator has seen (semantics: stream time).</summary>
    /// <returns>The stream time then.</returns>
    public long Observe(int input, long timestamp) => FindSource(SourceOf(input))!.Observe(timestamp);

    /// <summary>A partition's clock, as it stands.</summary>
    public long StreamTimeOf(int input) => FindSource(SourceOf(input))!.StreamTime;

    /// <summary>Counts a record that was late for a window.</summary>
    public void Late() => _late++;

    /// <summary>Counts a record that an operator ignores for the lack of a key or a value.</summary>
    public void Ignore() => _ignored++;

    public async Task<StreamResult?> LookAgainAsync(CancellationToken cancellationToken)
    {
        StreamResult? again = null;
        foreach (var barrier in _barriers)
        {
            var moved = barrier.Count == 0 ? 0 : await barrier.LookAgainAsync(cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < moved; i++)
            {
                again ??= new StreamResult(_processor.Outputs, 0);
                ForwardAgain(barrier, i, again);
            }
        }

        return again;
    }

    /// <summary>The next results that no single record triggered, ready to be published; null when there are none, or no more. What was
    /// returned before counts as published.</summary>
    public async Task<StreamResult?> DrainAsync(CancellationToken cancellationToken)
    {
        foreach (var barrier in _barriers)
        {
            var results = await barrier.DrainAsync(cancellationToken).ConfigureAwait(false);
            if (results is { Count: > 0 })
            {
                return ResultForwarding.Forward(_processor.Outputs, _share?.Functions[0] ?? _function.Name, _inputs[0].Topic, barrier.Forward, results);
            }
        }

        return null;
    }

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (_progress is not null)
        {
            using var span = StreamsTelemetry.StartCommit(_progress.Store);
            await _progress.CommitAsync([.. _sources.Values], cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        foreach (var barrier in _processor.Barriers.Where(barrier => barrier.KeepsState))
        {
            Tables[barrier.Store] = await _state.OpenAsync(barrier.Store, FunctionsOf(barrier), barrier.Kind, cancellationToken).ConfigureAwait(false);
        }

        for (var i = 0; i < _inputs.Length; i++)
        {
            var source = SourceOf(i);
            if (FindSource(source) is null)
            {
                _sources.Add(source, new SourceIntake(source, _inputs[i].Offset, _sources.Count == 0 ? _inputs.Length : 0));
            }
        }

        _progress = _state.ProgressOf(Tables[_processor.Barriers.First(barrier => barrier.KeepsState).Store], _function.Name);
        await _progress.ContinueAsync([.. _sources.Values], _processor.Idle, cancellationToken).ConfigureAwait(false);
    }

    private IReadOnlyList<string> FunctionsOf(StateBarrier barrier)
    {
        if (barrier.Share is null)
        {
            return [_function.Name];
        }

        return barrier.Share.Function == _function.Name
            ? barrier.Share.Functions
            : throw new InvalidOperationException(
                $"{barrier.Kind} of '{barrier.Store}' says that this side of it is function {barrier.Share.Function}, and it runs in {_function.Name}. Give it the functions' names as in their attributes.");
    }

    /// <summary>The operators before the first barrier, record by record.</summary>
    private void RunSource(CancellationToken cancellationToken)
    {
        var now = _progress?.Now ?? 0;
        for (var i = 0; i < _inputs.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_progress is not null && !FindSource(SourceOf(i))!.Accept(in _inputs[i], i, _function.Upstream, now))
            {
                _outcomes[i] = RecordOutcome.Duplicate;
                continue;
            }

            _context.Resume(in _inputs[i], i, 0, isDeserialized: false);
            var (source, time) = (_lastSource, _lastSource?.StreamTime ?? 0);
            _outcomes[i] = Attempt(null, 0, i, cancellationToken);
            if (_outcomes[i].Kind == RecordOutcomeKind.Poison)
            {
                // The operators behind have not seen it.
                source?.Rewind(time);
            }
        }
    }

    /// <summary>The operators behind a barrier, emission by emission.</summary>
    /// <remarks>An output's index counts the operations before its own: one of them may have nothing to say any more, when a batch
    /// that another instance has finished is run again, and the identities of the others must not move up (invariant I3).</remarks>
    private void RunBehind(StateBarrierRun barrier, CancellationToken cancellationToken)
    {
        var before = HasOrdinals(barrier) ? (int[])_emitted.Clone() : _emitted;
        for (var emission = 0; emission < barrier.Emissions; emission++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var i = barrier.InputOf(emission);
            if (!_processor.IsStateful && _outcomes[i].Kind == RecordOutcomeKind.Poison)
            {
                continue;
            }

            _context.Resume(in _inputs[i], i, Math.Max(_emitted[i], before[i] + barrier.OrdinalOf(emission)));
            var outcome = Attempt(barrier, emission, i, cancellationToken);
            if (outcome.Kind == RecordOutcomeKind.Poison)
            {
                Poison(i, outcome.Error!, outcome.Attempts);
            }
        }
    }

    private static bool HasOrdinals(StateBarrierRun barrier)
    {
        for (var emission = 0; emission < barrier.Emissions; emission++)
        {
            if (barrier.OrdinalOf(emission) > 0)
            {
                return true;
            }
        }

        return false;
    }

    private RecordOutcome Attempt(StateBarrierRun? barrier, int emission, int input, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (barrier is null)
                {
                    _processor.Source.Process(_context);
                }
                else
                {
                    _context.IsDeserialized = true;
                    barrier.Forward(emission, _context);
                }

                _emitted[input] = _context.Emitted;
                return _context.HasLeftAnything ? RecordOutcome.Processed(attempt) : RecordOutcome.Dropped(attempt);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
            catch (RetryRecordException retry)
            {
                throw new BatchStoppedException(input, retry, attempt);
            }
            catch (StateCorruptException)
            {
                throw;
            }
            catch (Exception error)
            {
                var final = attempt >= Options.MaxAttempts || !_context.IsDeserialized || error is SerializationException or StateRowTooLargeException;
                _context.RollBack();
                if (final)
                {
                    return RecordOutcome.Poison(error, attempt);
                }
            }
        }
    }

    /// <summary>The value is another instance's, whose own record becomes a dead letter where it cannot be sent on. Where it cannot be for now,
    /// the batch is run again, or what was published last would not be the newest.</summary>
    private void ForwardAgain(StateBarrierRun barrier, int index, StreamResult again)
    {
        var input = barrier.InputOfAgain(index);
        var context = new RunContext(again.Buffers, [], OriginRule.None);
        context.Resume(in _inputs[input], input, 0);
        try
        {
            barrier.ForwardAgain(index, context);
        }
        catch (Exception error) when (error is not (OperationCanceledException or RetryRecordException or OutOfMemoryException))
        {
            context.RollBack();
        }
    }

    /// <summary>Nothing of the batch is published: it is run again from its start, and finds in the rows what is done.</summary>
    private StreamResult Stopped(BatchStoppedException stopped)
    {
        var result = new StreamResult(_processor.Outputs, _inputs.Length);
        for (var i = 0; i < stopped.Input; i++)
        {
            result.Set(i, _outcomes[i]);
        }

        result.Set(stopped.Input, stopped.Outcome);
        return result;
    }

    private StreamResult Finished()
    {
        for (var i = 0; i < _outcomes.Length; i++)
        {
            _result.Set(i, in _outcomes[i]);
        }

        if (_barriers.Length == 0)
        {
            return _result;
        }

        OutputOrder.Restore(_result.Buffers, _inputs, _outcomes, keepsPoison: _processor.IsStateful);

        if (_progress is not null)
        {
            _result.Completion = new BatchCompletion(this);
        }

        _state.Instruments.Duplicates(_processor.Barriers[0].Store, _function.Name, _result.Duplicates);
        _state.Instruments.Ignored(_processor.Barriers[0].Store, _function.Name, _ignored);
        _state.Instruments.Late(_processor.Barriers[0].Store, _function.Name, _late);

        return _result;
    }

    private SourceIntake? FindSource(in SourcePartition source)
    {
        if (_lastSource?.Source != source)
        {
            _lastSource = _sources.GetValueOrDefault(source);
        }

        return _lastSource;
    }
}
