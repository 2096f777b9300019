using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>Applies a batch's operations to its rows, one after the other (design rule 3).</summary>
/// <remarks>At first all at once. Where one fails, or the row becomes too large, they are applied anew one by one, with the row
/// checked after each: the one that is to blame is poison, and the row says so, for whoever gets the record again.</remarks>
internal sealed class RowFold<TKey, TValue, TState>(
    StateOperator<TKey, TValue, TState> @operator, KeyedRun<TKey, TValue> run)
{
    private const int WriterBytes = 256;

    private readonly List<OwnEmission> _own = [];
    private readonly RowDraft _draft = new();
    private readonly RowWriter _writer = new(WriterBytes);
    private readonly List<string> _topics = [];
    private readonly bool _folds = @operator.CanFold && run.Batch.Options.FoldBatch;
    private RowWork _work = null!;
    private RowState _row = RowState.Empty;
    private int _current = RowWork.None;
    private Exception? _failure;

    public FoldedRow Run(RowWork work)
    {
        (_work, _row, _current, _failure) = (work, work.Row!, RowWork.None, null);
        if (!HasNew())
        {
            return new FoldedRow(_row, null);
        }

        return TryAtOnce() ?? OneByOne();
    }

    private FoldedRow? TryAtOnce()
    {
        try
        {
            return AtOnce();
        }
        catch (Exception error) when (!run.IsFatal(error))
        {
            run.ThrowIfRetry(_current, error, 1);
            _failure = error;
            return null;
        }
    }

    private FoldedRow AtOnce()
    {
        _draft.Begin(_row);
        var value = Decode(_row.Value, _row.Timestamp);
        var (bytes, last) = (_row.Value, RowWork.None);
        for (_current = _work.First; _current != RowWork.None; _current = run.NextOf(_current))
        {
            if (!IsNew(_current, out var source, out var offset))
            {
                continue;
            }

            ref readonly var operation = ref run[_current];
            _own.Clear();
            var after = @operator.Apply(in operation, in value, _own);
            Mark(in source, offset);
            if (!_folds)
            {
                // Where the value is not what is emitted, it need not be known in between.
                var afterBytes = @operator.EmitsValue ? Encode(in after) : null;
                Emit(_current, bytes, value.Timestamp, afterBytes, after.Timestamp);
                bytes = afterBytes;
            }

            (value, last) = (after, _current);
        }

        if (_folds || !@operator.EmitsValue)
        {
            bytes = Encode(in value);
        }

        if (_folds)
        {
            Emit(last, _row.Value, _row.Timestamp, bytes, value.Timestamp);
        }

        return Checked(bytes, value.Timestamp, RowDraft.PoisonRoom);
    }

    private FoldedRow OneByOne()
    {
        var failed = _current;
        _draft.Begin(_row);
        var (bytes, time, last) = (_row.Value, _row.Timestamp, RowWork.None);
        for (_current = _work.First; _current != RowWork.None; _current = run.NextOf(_current))
        {
            if (!IsNew(_current, out var source, out var offset))
            {
                continue;
            }

            if (TryOne(_current == failed ? _failure : null, ref bytes, ref time))
            {
                last = _current;
            }

            Mark(in source, offset);
        }

        if (_folds && last != RowWork.None)
        {
            Emit(last, _row.Value, _row.Timestamp, bytes, time);
        }

        return Checked(bytes, time, 0);
    }

    /// <summary>Applies one operation, or makes its record poison.</summary>
    private bool TryOne(Exception? failure, ref byte[]? bytes, ref long time)
    {
        for (var attempt = failure is null ? 1 : 2; ; attempt++)
        {
            if (failure is not null && run.IsFinal(failure, attempt - 1))
            {
                _draft.Poison(run.EntryOf(_current, PendingKind.Poison), failure, attempt - 1);
                run.Failed(_current, failure);
                return false;
            }

            var pending = _draft.Pending;
            try
            {
                _own.Clear();
                var before = Decode(bytes, time);
                var after = @operator.Apply(in run[_current], in before, _own);
                var afterBytes = Encode(in after);
                Emit(_current, bytes, time, afterBytes, after.Timestamp);
                Checked(afterBytes, after.Timestamp, RowDraft.PoisonRoom);
                if (_folds)
                {
                    _draft.Truncate(pending);
                }

                (bytes, time) = (afterBytes, after.Timestamp);
                return true;
            }
            catch (Exception error) when (!run.IsFatal(error))
            {
                _draft.Truncate(pending);
                run.ThrowIfRetry(_current, error, attempt);
                failure = error;
            }
        }
    }

    private void Emit(int index, byte[]? before, long timeBefore, byte[]? after, long timeAfter)
    {
        if (!@operator.EmitsValue)
        {
            foreach (var own in _own)
            {
                _draft.Emit(EntryOf(index, own.Value, own.Timestamp));
            }
        }
        else if (!@operator.IsUnchanged(before, timeBefore, after, timeAfter))
        {
            var timestamp = after is null && timeAfter == InputRecord.NoTimestamp ? run[index].Timestamp : timeAfter;
            _draft.Emit(EntryOf(index, @operator.NewOf(after), timestamp, @operator.KeepsOld, @operator.KeepsOld ? @operator.OldOf(before) : null));
        }
    }

    private void Mark(in SourcePartition source, long offset)
    {
        if (!@operator.ComesSecond)
        {
            _draft.MarkApplied(in source, offset);
        }
    }

    private PendingEntry EntryOf(int index, byte[]? value, long timestamp, bool hasOld = false, byte[]? old = null)
    {
        ref readonly var operation = ref run[index];
        return new PendingEntry(run.Batch.SourceOf(operation.Input), run.Batch.Input(operation.Input).Offset, operation.Ordinal, @operator.ComesSecond ? PendingKind.SecondEmission : PendingKind.Emission)
        {
            Version = _draft.NextVersion,
            Timestamp = timestamp,
            Value = value,
            HasOld = hasOld,
            Old = hasOld ? old : null,
        };
    }

    private FoldedRow Checked(byte[]? value, long time, int room)
    {
        var row = _draft.Build(value, time);
        var bytes = RowCodec.Encode(row, _writer, _topics);
        run.Table.Store.Check(_work.Key, bytes.Length + room);
        return new FoldedRow(row, bytes);
    }

    private bool HasNew()
    {
        for (var i = _work.First; i != RowWork.None; i = run.NextOf(i))
        {
            if (IsNew(i, out _, out _))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsNew(int index, out SourcePartition source, out long offset)
    {
        (source, offset) = run.PositionOf(index);
        return @operator.ComesSecond || offset > _row.AppliedTo(in source);
    }

    private byte[]? Encode(in RowValue<TState> value) => value.Exists ? @operator.State.Serialize(value.Value) : null;

    private RowValue<TState> Decode(byte[]? bytes, long time)
    {
        if (bytes is null)
        {
            return RowValue<TState>.None;
        }

        try
        {
            return new RowValue<TState>(true, @operator.State.Deserialize(bytes), time);
        }
        catch (Exception wrong) when (wrong is not OutOfMemoryException)
        {
            throw new StateCorruptException(
                run.Table.Store.Name, _work.Bucket, _work.Key, $"Its value is no {typeof(TState).Name} of the operator's serde ({wrong.Message}). Use the serde that wrote it, or reset the store.", wrong);
        }
    }
}
