using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.State.Stores;
using KafkaFunctions.Streams.Windows.Results;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Windows;

/// <content>Final results, and those that were held (design rule 6).</content>
internal abstract partial class WindowOperator<TKey, TValue, TState>
{
    // A record at the end of the range is late for its own window, which cannot end later, and moves the clock all the same.
    public override bool ClosesWithoutRecords => HasFinals || Hold is not null;

    /// <summary>Closes, and lets go, what the clocks of the batch's partitions have passed.</summary>
    public override async Task CloseAsync(KeyedRun<TKey, Timed<TValue>> run, CancellationToken cancellationToken)
    {
        if (!HasFinals && Hold is null)
        {
            return;
        }

        foreach (var source in run.Batch.Sources)
        {
            var partition = source.Source.Partition;
            if (run.IsRepeated)
            {
                run.Table.Due.Doubt(partition);
            }

            // What an instance left that is gone is found at the latest now.
            if (run.Table.Due.StartsAnew(partition, run.Batch.State.Time))
            {
                run.Table.Due.Forget(DueTimes.ClockOf(DueKind.Release, partition));
                run.Table.Held.Forget(partition);
            }

            await CloseAsync(run.Table, partition, source.StreamTime, cancellationToken).ConfigureAwait(false);
        }

        run.Drain = ResultDrain.Of(run.Table);
    }

    private async Task CloseAsync(RowTable table, int partition, long streamTime, CancellationToken cancellationToken)
    {
        if (HasFinals)
        {
            await new WindowCloser(table, rules, partition, rules.BoundaryAt(streamTime), isByIdleness: false).CloseAsync(cancellationToken).ConfigureAwait(false);
        }

        if (Hold is { } hold)
        {
            await new HoldCloser(table, hold, partition, hold.DueAt(streamTime), isByIdleness: false).CloseAsync(cancellationToken).ConfigureAwait(false);
            await new HeldOverflow(table, hold, partition).CloseAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
