using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Progress;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.State.Stores;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Windows.Maintenance;

/// <summary>Deletes the rows of keys whose windows are gone, by the clock of a source partition.</summary>
internal sealed class WindowExpiry(RowTable table, IWindowOperator windows, int partition, SourceProgress progress, StateRuntime state)
    : RowExpiry(table, partition, windows.Rules.ForgottenAt(windows.Rules.BoundaryAt(progress.StreamTime)), state)
{
    private readonly RowTable _table = table;

    protected override async Task<bool> TryDeleteAsync(RowWork work, CancellationToken cancellationToken)
    {
        var timeline = TimelineReader.Decode(_table.Store, work);
        if (timeline.StoredIndex is not { Kind: DueKind.Expire })
        {
            return false;
        }

        // Where nothing is held any more, what was held when something was is no reason to keep it.
        timeline.Holds &= windows.Hold is not null;
        TimelineWriter.SetHeldIndex(timeline, windows.Hold, Source);
        var segments = timeline.Segments.Count;
        windows.Rules.Forget(timeline, windows.Rules.BoundaryAt(progress.StreamTime), windows.HasFinals);
        if (timeline.Latest() is { } latest)
        {
            // New windows have come since; or there are more than one write drops.
            timeline.Index = new DueIndex(DueKind.Expire, Source, latest);
            work.Folded = TimelineWriter.Write(_table, work, timeline, bytes => work.Row! with { Value = bytes }, 0);
            return await _table.TryWriteAsync([work], [], cancellationToken).ConfigureAwait(false)
                && timeline.Segments.Count < segments
                && latest <= Until
                && await TryDeleteAsync(work, cancellationToken).ConfigureAwait(false);
        }

        return timeline.EarliestHeld() is null
            && IsOld(timeline)
            && work.Row!.Applied.All(applied => applied.Source.Partition != Source || applied.Offset < progress.Next)
            && await TryDeleteAsync(work, [timeline], cancellationToken).ConfigureAwait(false);
    }
}
