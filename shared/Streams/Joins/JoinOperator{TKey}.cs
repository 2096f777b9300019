using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.State.Stores;
using KafkaFunctions.Streams.Windows.Results;

namespace KafkaFunctions.Streams.Joins;

/// <summary>What a function does to the rows of a join of streams.</summary>
internal abstract class JoinOperator<TKey>(JoinKind kind, JoinWindows windows, StreamSide side, Func<StreamSide, StoreShare> shareOf)
    : StateOperator<TKey, JoinInput>
{
    public JoinWindows Windows => windows;

    public StreamSide Side => side;

    public StreamSide OtherSide => side == StreamSide.Left ? StreamSide.Right : StreamSide.Left;

    public override PayloadFormat ValueFormat => PayloadFormat.Bytes;

    /// <summary>Whether records of a side are emitted without a partner.</summary>
    public bool MayBeAlone(StreamSide of) => kind == JoinKind.Outer || (kind == JoinKind.Left && of == StreamSide.Left);

    public override FoldedRow Fold(KeyedRun<TKey, JoinInput> run, RowWork work) => new JoinFold<TKey>(this, run, work).Run();

    public override async Task PrepareAsync(KeyedRun<TKey, JoinInput> run, CancellationToken cancellationToken) =>
        run.Clock = await ReadClockAsync(run, cancellationToken).ConfigureAwait(false);

    /// <summary>Lets records go that stay without partner.</summary>
    public override async Task CloseAsync(KeyedRun<TKey, JoinInput> run, CancellationToken cancellationToken)
    {
        if (!MayBeAlone(StreamSide.Left) && !MayBeAlone(StreamSide.Right))
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

        // Anew: what the other side has read in between counts.
        var clock = await ReadClockAsync(run, cancellationToken).ConfigureAwait(false);
        var time = run.Batch.Sources.Min(source => source.StreamTime);
        await CloseAsync(run, OtherSide, clock.Own(time, clock.IsCaughtUp(run.Batch)), cancellationToken).ConfigureAwait(false);
        await CloseAsync(run, Side, clock.OfOther(time), cancellationToken).ConfigureAwait(false);
        run.Drain = ResultDrain.Of(run.Table);
    }

    private Task<JoinClock> ReadClockAsync(KeyedRun<TKey, JoinInput> run, CancellationToken cancellationToken) =>
        new JoinClockReader(run.Batch, run.Table, shareOf(Side), shareOf(OtherSide)).ReadAsync(cancellationToken);

    private Task CloseAsync(KeyedRun<TKey, JoinInput> run, StreamSide of, long clock, CancellationToken cancellationToken) => MayBeAlone(of)
        ? new JoinCloser(run.Table, windows, of, clock - windows.GraceMilliseconds - 1).CloseAsync(cancellationToken)
        : Task.CompletedTask;
}
