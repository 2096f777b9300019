using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Windows;

/// <summary>Applies a batch's operations to the windows of one key (design rule 3). One use.</summary>
/// <remarks>At first all at once. Where one fails, or the row becomes too large, they are applied anew one by one, with the row
/// checked after each: the one that is to blame is poison, and the row says so, for whoever gets the record again.</remarks>
internal sealed class WindowFold<TKey, TValue, TState>(
    WindowOperator<TKey, TValue, TState> @operator, KeyedRun<TKey, Timed<TValue>> run, RowWork work)
{
    // What is left free in a row, so that poison records can always be noted in it.
    private const int PoisonRoom = 32 * 1024;

    private readonly RowState _row = work.Row!;
    private readonly bool _folds = @operator.CanFold && run.Batch.Options.FoldBatch;
    private Timeline _timeline = null!;
    private RowDraft _draft = null!;
    private int _current = RowWork.None;
    private int _last = RowWork.None;
    private Exception? _failure;

    public FoldedRow Run()
    {
        _timeline = Decode();
        var (isNew, missing) = Need();
        if (!isNew)
        {
            return new FoldedRow(_row, null);
        }

        return missing.Count > 0 ? new FoldedRow(_row, null) { Missing = [.. missing] } : TryAtOnce() ?? OneByOne();
    }

    private (bool IsNew, SortedSet<long> Missing) Need()
    {
        var isNew = false;
        var missing = new SortedSet<long>();
        for (var i = work.First; i != RowWork.None; i = run.NextOf(i))
        {
            if (IsNew(i, out _, out _))
            {
                isNew = true;
                if (_timeline.Segments.Count > 1)
                {
                    var (from, to) = @operator.SpanOf(run[i].Timestamp);
                    _timeline.Need(from, to, missing);
                }
            }
            else if (!work.Folded.IsPartial)
            {
                run.IsRepeated = true;
            }
        }

        return (isNew, missing);
    }

    private FoldedRow? TryAtOnce()
    {
        try
        {
            _draft = new RowDraft(_row, run.Batch);
            for (_current = work.First; _current != RowWork.None; _current = run.NextOf(_current))
            {
                if (IsNew(_current, out var source, out var offset))
                {
                    Apply();
                    _draft.MarkApplied(in source, offset);
                    _last = _current;
                }
            }

            return Finish(PoisonRoom);
        }
        catch (Exception error) when (!IsFatal(error))
        {
            ThrowIfRetry(error, 1);
            _failure = error;
            return null;
        }
    }

    private FoldedRow OneByOne()
    {
        var failed = _current;
        _timeline = Decode();
        _draft = new RowDraft(_row, run.Batch);
        for (_current = work.First; _current != RowWork.None; _current = run.NextOf(_current))
        {
            if (IsNew(_current, out var source, out var offset))
            {
                TryOne(_current == failed ? _failure : null);
                _draft.MarkApplied(in source, offset);
                _last = _current;
                if (TimelineWriter.IsLarge(_timeline))
                {
                    // The rest follows in a transaction of its own.
                    return Finish(0) with { IsPartial = true };
                }
            }
        }

        return Finish(0);
    }

    /// <summary>Applies one operation, or makes its record poison.</summary>
    private void TryOne(Exception? failure)
    {
        for (var attempt = failure is null ? 1 : 2; ; attempt++)
        {
            if (failure is not null && IsFinal(failure, attempt - 1))
            {
                _draft.Poison(EntryOf(_current, PendingKind.Poison), failure, attempt - 1);
                run.Failed(_current, failure);
                return;
            }

            var pending = _draft.Pending;
            var before = TimelineSnapshot.Of(_timeline);
            try
            {
                Apply();
                TimelineWriter.Check(run.Table.Store, work, _timeline, bytes => _draft.Build(bytes, InputRecord.NoTimestamp), PoisonRoom);
                return;
            }
            catch (Exception error) when (!IsFatal(error))
            {
                _draft.Truncate(pending);
                _timeline = before.Restore(() => new TimelineEntry<TState>(@operator.State));
                ThrowIfRetry(error, attempt);
                failure = error;
            }
        }
    }

    private void Apply()
    {
        ref readonly var operation = ref run[_current];
        var boundary = Math.Max(operation.Value.Boundary, _timeline.Floor);
        if ((@operator.LatenessOf(operation.Timestamp, boundary) ?? @operator.Apply(in operation, _current, boundary, _timeline)) is { } late)
        {
            _draft.Emit(EntryOf(_current, PendingKind.Late) with { Timestamp = late });
        }

        if (!_folds)
        {
            EmitChanges();
        }
    }

    private FoldedRow Finish(int room)
    {
        if (_folds)
        {
            EmitChanges();
        }

        ref readonly var last = ref run[_last];
        @operator.Rules.Forget(_timeline, last.Value.Boundary, @operator.HasFinals);
        TimelineWriter.SetIndex(_timeline, @operator.HasFinals, run.Batch.SourceOf(last.Input).Partition);
        _timeline.WrittenMinute = run.Batch.State.Minute;
        return TimelineWriter.Write(run.Table.Store, work, _timeline, bytes => _draft.Build(bytes, InputRecord.NoTimestamp), room);
    }

    /// <summary>What was merged into other windows goes first, then all windows that have changed.</summary>
    private void EmitChanges()
    {
        foreach (var removed in _timeline.Removed)
        {
            if (@operator.HasUpdates)
            {
                Emit(removed.Operation, removed.Window, null, removed.Timestamp, removed.Published);
            }
        }

        _timeline.Removed.Clear();
        foreach (var segment in _timeline.Segments)
        {
            if (!segment.IsChanged)
            {
                continue;
            }

            foreach (var entry in segment.Entries!)
            {
                if (entry.LastOperation == TimelineEntry.Untouched)
                {
                    continue;
                }

                entry.Encode();
                if (@operator.HasUpdates)
                {
                    Emit(entry.LastOperation, entry.Window, entry.Bytes, entry.Timestamp, entry.Published);
                }

                entry.LastOperation = TimelineEntry.Untouched;
            }
        }
    }

    private void Emit(int operation, Window window, byte[]? value, long timestamp, byte[]? old) =>
        _draft.Emit(EntryOf(operation, PendingKind.Emission) with
        {
            Window = window,
            Value = value,
            Timestamp = timestamp,
            HasOld = @operator.KeepsOld,
            Old = @operator.KeepsOld ? old : null,
        });

    private PendingEntry EntryOf(int index, PendingKind kind)
    {
        ref readonly var operation = ref run[index];
        return new PendingEntry(run.Batch.SourceOf(operation.Input), run.Batch.Input(operation.Input).Offset, operation.Ordinal, kind);
    }

    private bool IsNew(int index, out SourcePartition source, out long offset)
    {
        ref readonly var input = ref run.Batch.Input(run[index].Input);
        source = run.Batch.SourceOf(run[index].Input);
        offset = input.Offset;
        return offset > _row.AppliedTo(in source);
    }

    private Timeline Decode() => TimelineReader.Decode(run.Table.Store, work, () => new TimelineEntry<TState>(@operator.State));

    private bool IsFinal(Exception error, int attempts) =>
        attempts >= run.Batch.Options.MaxAttempts || error is SerializationException or StateRowTooLargeException;

    private void ThrowIfRetry(Exception error, int attempt)
    {
        if (error is RetryRecordException retry && _current != RowWork.None)
        {
            throw new BatchStoppedException(run[_current].Input, retry, attempt);
        }
    }

    private bool IsFatal(Exception error) =>
        error is StateCorruptException or BatchStoppedException or OutOfMemoryException
        || (error is OperationCanceledException && run.CancellationToken.IsCancellationRequested);
}
