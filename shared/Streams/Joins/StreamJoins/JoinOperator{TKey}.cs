using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.State.Stores;
using KafkaFunctions.Streams.Windows.Results;

namespace KafkaFunctions.Streams.Joins.StreamJoins;

/// <summary>What a function does to the rows of a join of streams.</summary>
internal abstract class JoinOperator<TKey>(JoinKind kind, JoinWindows windows, StreamSide side, Func<StreamSide, StoreShare> shareOf)
    : StateOperator<TKey, JoinInput>, IStreamJoin
{
    // Of the times at which something may be due the latest; where nothing is, the time is later.
    private const long Ever = long.MaxValue - 1;

    public JoinWindows Windows => windows;

    public StreamSide Side => side;

    public StreamSide OtherSide => side == StreamSide.Left ? StreamSide.Right : StreamSide.Left;

    public override bool ClosesWithoutRecords => kind != JoinKind.Inner;

    public override PayloadFormat ValueFormat => PayloadFormat.Bytes;

    /// <summary>Whether records of a side are emitted without a partner.</summary>
    public bool MayBeAlone(StreamSide of) => kind == JoinKind.Outer || (kind == JoinKind.Left && of == StreamSide.Left);

    public override FoldedRow Fold(KeyedRun<TKey, JoinInput> run, RowWork work) => new JoinFold<TKey>(this, run, work).Run();

    /// <summary>Reads the clocks where a record may be too late for one that it meets. Otherwise they only say what may be forgotten, and
    /// need not be new.</summary>
    public override async Task PrepareAsync(KeyedRun<TKey, JoinInput> run, CancellationToken cancellationToken)
    {
        if (HasLate(run) || !run.Table.Retention.IsCurrent(run.Batch.State.Time))
        {
            var clock = ClockOf(run);
            await clock.ReadHighestAsync(cancellationToken).ConfigureAwait(false);
            run.Clock = await ReadAsync(clock, run, clock.TimeBefore, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Lets records go that stay without partner.</summary>
    public override async Task CloseAsync(KeyedRun<TKey, JoinInput> run, CancellationToken cancellationToken)
    {
        if (kind == JoinKind.Inner)
        {
            return;
        }

        if (run.IsRepeated)
        {
            run.Table.Due.Doubt((int)StreamSide.Left);
        }

        if (run.Table.Due.StartsAnew((int)StreamSide.Left, run.Batch.State.Time))
        {
            run.Table.Due.Forget((int)StreamSide.Right);
        }

        await CloseDueAsync(run, cancellationToken).ConfigureAwait(false);
        run.Drain = ResultDrain.Of(run.Table);
    }

    private async Task CloseDueAsync(KeyedRun<TKey, JoinInput> run, CancellationToken cancellationToken)
    {
        if (!IsDue(run, Ever))
        {
            return;
        }

        // Anew: what the other side has read in between counts.
        var reading = ClockOf(run);
        var highest = await reading.ReadHighestAsync(cancellationToken).ConfigureAwait(false);
        if (IsDue(run, BoundaryOf(highest)))
        {
            var time = reading.TimeBehind;
            var clock = await ReadAsync(reading, run, time, cancellationToken).ConfigureAwait(false);
            await CloseAsync(run, OtherSide, clock.Own(time, clock.IsCaughtUp(run.Batch)), cancellationToken).ConfigureAwait(false);
            await CloseAsync(run, Side, clock.OfOther(time), cancellationToken).ConfigureAwait(false);
        }
    }

    private BatchClock ClockOf(KeyedRun<TKey, JoinInput> run) => new(run.Batch, run.Table, shareOf(Side), shareOf(OtherSide));

    /// <param name="reading">Has read what is stored.</param>
    /// <param name="run">The run.</param>
    /// <param name="time">The time up to which the batch's partitions are in the rows: other batches forget by it.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    private async Task<JoinClock> ReadAsync(BatchClock reading, KeyedRun<TKey, JoinInput> run, long time, CancellationToken cancellationToken)
    {
        var clock = await reading.ReadAsync(cancellationToken).ConfigureAwait(false);
        run.Table.Retention.Set(Side, clock.ForOwn(time), clock.ForOther(time), run.Batch.State.Time);
        return clock;
    }

    /// <summary>Whether a record lags behind its own partition by so much that one in its window may be gone.</summary>
    private bool HasLate(KeyedRun<TKey, JoinInput> run)
    {
        var late = windows.GraceMilliseconds + (MayBeAlone(OtherSide) ? 0 : windows.Ahead(Side));
        for (var i = 0; i < run.Count; i++)
        {
            if (run[i].Timestamp < run[i].Value.StreamTime - late)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsDue(KeyedRun<TKey, JoinInput> run, long boundary) =>
        StreamJoinRow.BothSides.Any(of => MayBeAlone(of) && run.Table.Due.By((int)of, boundary).Count > 0);

    private long BoundaryOf(long clock) => clock - windows.GraceMilliseconds - 1;

    private Task CloseAsync(KeyedRun<TKey, JoinInput> run, StreamSide of, long clock, CancellationToken cancellationToken) => MayBeAlone(of)
        ? new JoinCloser(run.Table, windows, of, BoundaryOf(clock)).CloseAsync(cancellationToken)
        : Task.CompletedTask;
}
