using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Windows.Results;

namespace KafkaFunctions.Streams.Windows;

/// <content>Final results (design rule 6).</content>
internal abstract partial class WindowOperator<TKey, TValue, TState>
{
    /// <summary>Closes what the clocks of the batch's partitions have passed.</summary>
    public override async Task CloseAsync(KeyedRun<TKey, Timed<TValue>> run, CancellationToken cancellationToken)
    {
        if (!HasFinals)
        {
            return;
        }

        foreach (var source in run.Batch.Sources)
        {
            if (run.IsRepeated)
            {
                run.Table.Due.Doubt(source.Source.Partition);
            }

            // What an instance left that is gone is found at the latest now.
            run.Table.Due.StartsAnew(source.Source.Partition, run.Batch.State.Time);
            var closer = new WindowCloser(run.Table, rules, source.Source.Partition, rules.BoundaryAt(source.StreamTime), isByIdleness: false);
            await closer.CloseAsync(cancellationToken).ConfigureAwait(false);
        }

        run.Drain = ResultDrain.Of(run.Table);
    }
}
