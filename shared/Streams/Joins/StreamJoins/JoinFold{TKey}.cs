using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Joins.StreamJoins;

/// <summary>Joins a batch's records of one side and key with those of the other side, and keeps them (design rules 3 and 4). One use.</summary>
/// <remarks>No code of the user runs here. Where the row becomes too large, records are taken in one by one: the one that is to blame is
/// poison.</remarks>
internal sealed class JoinFold<TKey>(JoinOperator<TKey> @operator, KeyedRun<TKey, JoinInput> run, RowWork work)
{
    private readonly RowState _row = work.Row!;
    private readonly JoinClock _clock = run.Clock ?? JoinClock.Unknown;
    private readonly JoinWindows _windows = @operator.Windows;
    private readonly RowDraft _draft = new();
    private StreamJoinRow _sides = null!;
    private int _last = RowWork.None;

    public FoldedRow Run()
    {
        _sides = StreamJoinRow.Of(run.Table.Store, work);
        if (!Need(out var missing) || missing is not null)
        {
            return new FoldedRow(_row, null) { Missing = missing };
        }

        try
        {
            return AtOnce();
        }
        catch (StateRowTooLargeException)
        {
            return OneByOne();
        }
    }

    /// <summary>Finds the pages that the operations need.</summary>
    /// <returns>Whether there are operations that are new to the row.</returns>
    private bool Need(out List<long>? missing)
    {
        var isNew = false;
        var needed = new HashSet<long>();
        missing = null;
        for (var i = work.First; i != RowWork.None; i = run.NextOf(i))
        {
            if (IsNew(i))
            {
                isNew = true;
                var timestamp = run[i].Timestamp;
                _sides[@operator.Side].Need(timestamp, timestamp, needed, ref missing);
                _sides[@operator.OtherSide].Need(FirstPartner(timestamp), LastPartner(timestamp), needed, ref missing);
            }
            else if (!work.Folded.IsPartial)
            {
                run.IsRepeated = true;
            }
        }

        return isNew;
    }

    private FoldedRow AtOnce()
    {
        _draft.Begin(_row);
        for (var i = work.First; i != RowWork.None; i = run.NextOf(i))
        {
            if (IsNew(i))
            {
                Apply(i);
                Applied(i);
            }
        }

        return Finish(RowDraft.PoisonRoom);
    }

    private FoldedRow OneByOne()
    {
        _sides = StreamJoinRow.Of(run.Table.Store, work);
        _draft.Begin(_row);
        for (var i = work.First; i != RowWork.None; i = run.NextOf(i))
        {
            if (!IsNew(i))
            {
                continue;
            }

            var (before, pending) = (StreamJoinRowSnapshot.Of(_sides), _draft.Pending);
            try
            {
                Apply(i);
                Check();
            }
            catch (StateRowTooLargeException error)
            {
                _sides = before.Restore();
                _draft.Truncate(pending);
                _draft.Poison(run.EntryOf(i, PendingKind.Poison), error, 1);
                run.Failed(i, error);
            }

            Applied(i);
            if (TimelineWriter.IsLarge(_sides[StreamSide.Left]) || TimelineWriter.IsLarge(_sides[StreamSide.Right]))
            {
                // Nothing is forgotten yet: the records that are left may need it.
                return Write(0) with { IsPartial = true };
            }
        }

        return Finish(0);
    }

    private void Apply(int index)
    {
        ref readonly var operation = ref run[index];
        var (timestamp, value) = (operation.Timestamp, operation.Value.Value);
        var partners = _sides[@operator.OtherSide].Between(FirstPartner(timestamp), LastPartner(timestamp));
        var isJoined = false;
        var time = TimeAt(index);
        foreach (var partner in partners)
        {
            if (!IsPartner(partner, time))
            {
                continue;
            }

            isJoined = true;
            if (JoinEntry.IsOpen(partner))
            {
                JoinEntry.Join(partner);
            }

            _draft.Emit(run.EntryOf(index, PendingKind.Emission) with
            {
                Value = JoinPair.Encode(@operator.Side, value, JoinEntry.ValueOf(partner)),
                Timestamp = Math.Max(timestamp, partner.Start),
            });
        }

        var own = _sides[@operator.Side].Add(timestamp, timestamp);
        own.Bytes = JoinEntry.Of(value, isOpen: !isJoined && @operator.MayBeAlone(@operator.Side));
    }

    /// <summary>The clock of the batch's partitions that a record met.</summary>
    private long TimeAt(int index)
    {
        var time = run[index].Value.StreamTime;
        if (run.Batch.Sources.Count > 1)
        {
            var own = run.PositionOf(index).Source;
            time = Math.Min(time, run.Batch.Sources.Where(source => source.Source != own).Min(source => source.TimeBefore));
        }

        return time;
    }

    private bool IsPartner(TimelineEntry partner, long time)
    {
        if (JoinEntry.IsOpen(partner))
        {
            // Its time has passed by the clock that the record met: it goes without partner, however records are cut into batches. While it
            // waits for a side that lags, it is kept, whatever its own side's clock.
            var end = StreamJoinRow.EndOf(partner.Start, _windows, @operator.OtherSide);
            return end >= _clock.Own(time, isCaughtUp: false) - _windows.GraceMilliseconds;
        }

        return !JoinEntry.IsAlone(partner)
            && partner.Start > Math.Max(_sides[@operator.OtherSide].Floor, _windows.ForgottenAt(_clock.ForOther(time)));
    }

    private void Applied(int index)
    {
        var (source, offset) = run.PositionOf(index);
        _draft.MarkApplied(in source, offset);
        _last = index;
    }

    private FoldedRow Finish(int room)
    {
        // By the clock that the record met, too: a partition that was quiet may go on where it stood.
        var time = TimeAt(_last);
        Forget(@operator.Side, Math.Min(time, run.Clock?.ForOwn(time) ?? run.Table.Retention[@operator.Side]));
        Forget(@operator.OtherSide, Math.Min(time, run.Clock?.ForOther(time) ?? run.Table.Retention[@operator.OtherSide]));
        return Write(room);
    }

    private void Forget(StreamSide side, long clock) => _sides.Forget(side, _windows.ForgottenAt(clock));

    private FoldedRow Write(int room)
    {
        _sides.SetIndex(_windows);
        _sides[StreamSide.Left].WrittenMinute = run.Batch.State.Minute;
        return TimelineWriter.Write(run.Table, work, _sides.Sides, () => _draft.Build(_sides.Encode(), InputRecord.NoTimestamp), room);
    }

    private void Check()
    {
        foreach (var side in _sides.Sides)
        {
            side.Spill(run.Table.Limits);
        }

        run.Table.Store.Check(TimelineKeys.Longest(work.Key), 1);
        run.Table.Store.Check(work.Key, RowCodec.Encode(_draft.Build(_sides.Encode(), InputRecord.NoTimestamp)).Length + RowDraft.PoisonRoom);
    }

    private bool IsNew(int index)
    {
        var (source, offset) = run.PositionOf(index);
        return offset > _row.AppliedTo(in source);
    }

    private long FirstPartner(long timestamp) => timestamp - _windows.Behind(@operator.Side);

    private long LastPartner(long timestamp) => StreamJoinRow.EndOf(timestamp, _windows, @operator.Side);
}
