using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Windows;

/// <summary>Applies a batch's operations to the windows of its keys, one key after the other (design rule 3).</summary>
/// <remarks>At first all at once, or as many as one write has pages for. Where one fails, or the row becomes too large, they are applied
/// anew one by one, with the row checked after each: the one that is to blame is poison, and the row says so, for whoever gets the record
/// again.</remarks>
internal sealed class WindowFold<TKey, TValue, TState>
{
    private readonly WindowOperator<TKey, TValue, TState> _operator;
    private readonly KeyedRun<TKey, Timed<TValue>> _run;
    private readonly bool _folds;
    private readonly RowDraft _draft = new();
    private readonly TimelineBuffers _buffers = new();
    private readonly HashSet<long> _needed = [];
    private readonly Func<TimelineEntry> _create;
    private readonly Func<byte[], RowState> _build;
    private RowWork _work = null!;
    private RowState _row = RowState.Empty;
    private Timeline _timeline = null!;
    private int _current = RowWork.None;
    private int _last = RowWork.None;

    // The first operation that is left for another write.
    private int _end = RowWork.None;
    private Exception? _failure;

    public WindowFold(WindowOperator<TKey, TValue, TState> @operator, KeyedRun<TKey, Timed<TValue>> run)
    {
        _operator = @operator;
        _run = run;
        _folds = @operator.CanFold && run.Batch.Options.FoldBatch;
        _create = () => new TimelineEntry<TState>(@operator.State);
        _build = bytes => _draft.Build(bytes, InputRecord.NoTimestamp);
    }

    public FoldedRow Run(RowWork work)
    {
        (_work, _row, _current, _last, _failure) = (work, work.Row!, RowWork.None, RowWork.None, null);
        _timeline = Decode();
        if (!Need(out var missing))
        {
            return new FoldedRow(_row, null);
        }

        return missing is not null ? new FoldedRow(_row, null) { Missing = missing } : TryAtOnce() ?? OneByOne();
    }

    /// <summary>Finds the pages that operations need, as many as one write takes.</summary>
    /// <returns>Whether there is an operation to be applied.</returns>
    private bool Need(out List<long>? missing)
    {
        missing = null;
        _end = RowWork.None;
        var hasPages = _timeline.Segments.Count > 1;
        var (isNew, input) = (false, RowWork.None);
        _needed.Clear();
        for (var i = _work.First; i != RowWork.None; i = _run.NextOf(i))
        {
            if (!IsNew(i, out _, out _))
            {
                _run.IsRepeated |= !_work.Folded.IsPartial;
                continue;
            }

            isNew = true;
            if (!hasPages || _end != RowWork.None)
            {
                continue;
            }

            // The operations of a record are applied together: the row remembers the record's offset.
            if (_needed.Count >= TimelineLimits.MaxChangedPages && _run[i].Input != input)
            {
                _end = i;
                continue;
            }

            var (from, to) = _operator.SpanOf(_run[i].Timestamp);
            _timeline.Need(from, to, _needed, ref missing);
            input = _run[i].Input;
        }

        return isNew;
    }

    private FoldedRow? TryAtOnce()
    {
        try
        {
            _draft.Begin(_row);
            for (_current = _work.First; _current != _end; _current = _run.NextOf(_current))
            {
                if (IsNew(_current, out var source, out var offset))
                {
                    Apply();
                    _draft.MarkApplied(in source, offset);
                    _last = _current;
                }
            }

            return Finish(RowDraft.PoisonRoom) with { IsPartial = _end != RowWork.None };
        }
        catch (Exception error) when (!_run.IsFatal(error))
        {
            _run.ThrowIfRetry(_current, error, 1);
            _failure = error;
            return null;
        }
    }

    private FoldedRow OneByOne()
    {
        var failed = _current;
        _timeline = Decode();
        _draft.Begin(_row);
        for (_current = _work.First; _current != _end; _current = _run.NextOf(_current))
        {
            if (IsNew(_current, out var source, out var offset))
            {
                TryOne(_current == failed ? _failure : null);
                _draft.MarkApplied(in source, offset);
                _last = _current;
                var next = _run.NextOf(_current);
                if (next != _end && _run[next].Input != _run[_current].Input && TimelineWriter.IsLarge(_timeline))
                {
                    // The rest follows in a transaction of its own.
                    return Finish(0) with { IsPartial = true };
                }
            }
        }

        return Finish(0) with { IsPartial = _end != RowWork.None };
    }

    /// <summary>Applies one operation, or makes its record poison.</summary>
    private void TryOne(Exception? failure)
    {
        for (var attempt = failure is null ? 1 : 2; ; attempt++)
        {
            if (failure is not null && _run.IsFinal(failure, attempt - 1))
            {
                _draft.Poison(_run.EntryOf(_current, PendingKind.Poison), failure, attempt - 1);
                _run.Failed(_current, failure);
                return;
            }

            var pending = _draft.Pending;
            var before = TimelineSnapshot.Of(_timeline);
            try
            {
                Apply();
                TimelineWriter.Check(_run.Table, _work, _timeline, _build, RowDraft.PoisonRoom);
                return;
            }
            catch (Exception error) when (!_run.IsFatal(error))
            {
                _draft.Truncate(pending);
                _timeline = before.Restore(_create);
                _run.ThrowIfRetry(_current, error, attempt);
                failure = error;
            }
        }
    }

    private void Apply()
    {
        ref readonly var operation = ref _run[_current];
        var boundary = Math.Max(operation.Value.Boundary, _timeline.Floor);
        if (_operator.Hold is { } hold)
        {
            var (from, to) = _operator.SpanOf(operation.Timestamp);
            _timeline.SetDueAside(hold.DueAt(operation.Value.Before), from, to);
        }

        if ((_operator.LatenessOf(operation.Timestamp, boundary) ?? _operator.Apply(in operation, _current, boundary, _timeline)) is { } late)
        {
            _draft.Emit(_run.EntryOf(_current, PendingKind.Late) with { Timestamp = late, Version = _draft.NextVersion });
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

        ref readonly var last = ref _run[_last];
        _operator.Rules.Forget(_timeline, last.Value.Boundary, _operator.HasFinals);
        var source = _run.Batch.SourceOf(last.Input).Partition;
        TimelineWriter.SetIndex(_timeline, _operator.HasFinals, source);
        TimelineWriter.SetHeldIndex(_timeline, _operator.Hold, source);
        _timeline.WrittenMinute = _run.Batch.State.Minute;
        return TimelineWriter.Write(_run.Table, _work, _timeline, _build, room, _buffers);
    }

    /// <summary>What was merged into other windows goes first, then all windows that have changed.</summary>
    private void EmitChanges()
    {
        if (_timeline.HasRemoved)
        {
            EmitRemoved();
        }

        for (var i = 0; i < _timeline.Segments.Count; i++)
        {
            var segment = _timeline.Segments[i];
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
                if (_operator.HasUpdates)
                {
                    Emit(entry.LastOperation, entry.Window, entry.Bytes, entry.Timestamp, entry.Published);
                }

                entry.LastOperation = TimelineEntry.Untouched;
            }
        }
    }

    private void EmitRemoved()
    {
        foreach (var removed in _timeline.Removed)
        {
            if (_operator.HasUpdates)
            {
                Emit(removed.Operation, removed.Window, null, removed.Timestamp, removed.Published);
            }
        }

        _timeline.Removed.Clear();
    }

    private void Emit(int index, Window window, byte[]? value, long timestamp, byte[]? old)
    {
        ref readonly var operation = ref _run[index];
        _draft.Emit(new PendingEntry(_run.Batch.SourceOf(operation.Input), _run.Batch.Input(operation.Input).Offset, operation.Ordinal, PendingKind.Emission)
        {
            Version = _draft.NextVersion,
            Window = window,
            Value = value,
            Timestamp = timestamp,
            HasOld = _operator.KeepsOld,
            Old = _operator.KeepsOld ? old : null,
        });
    }

    private bool IsNew(int index, out SourcePartition source, out long offset)
    {
        (source, offset) = _run.PositionOf(index);
        return offset > _row.AppliedTo(in source);
    }

    private Timeline Decode()
    {
        var timeline = TimelineReader.Decode(_run.Table.Store, _work, _create);
        timeline.Holds = _operator.Hold is not null;
        return timeline;
    }
}
