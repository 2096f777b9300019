using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>Timelines of rows that were read.</summary>
internal static class TimelineReader
{
    /// <exception cref="StateCorruptException">The row is no timeline.</exception>
    public static Timeline Decode(IStateStore store, RowWork work, Func<TimelineEntry> create)
    {
        try
        {
            return TimelineCodec.Decode(work.Row!.Value, work.Row.Pages, create);
        }
        catch (InvalidDataException wrong)
        {
            throw new StateCorruptException(store.Name, work.Bucket, work.Key, wrong.Message, wrong);
        }
    }
}
