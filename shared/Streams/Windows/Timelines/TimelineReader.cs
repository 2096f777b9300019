using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>Timelines of rows that were read.</summary>
internal static class TimelineReader
{
    /// <summary>A row's timeline, for whoever leaves the aggregates as they are stored.</summary>
    /// <inheritdoc cref="Decode(IStateStore, RowWork, Func{TimelineEntry})"/>
    public static Timeline Decode(IStateStore store, RowWork work) => Decode(store, work, static () => new TimelineEntry());

    /// <exception cref="StateCorruptException">The row is no timeline.</exception>
    public static Timeline Decode(IStateStore store, RowWork work, Func<TimelineEntry> create)
    {
        try
        {
            return TimelineCodec.Decode(work.Row!.Value, work.Row.Pages, create, translate: work.Row.Pages is null ? null : Translation(store, work));
        }
        catch (InvalidDataException wrong)
        {
            throw Corrupt(store, work, wrong);
        }
    }

    private static Func<InvalidDataException, Exception> Translation(IStateStore store, RowWork work) => wrong => Corrupt(store, work, wrong);

    private static StateCorruptException Corrupt(IStateStore store, RowWork work, InvalidDataException wrong) =>
        new(store.Name, work.Bucket, work.Key, wrong.Message, wrong);
}
