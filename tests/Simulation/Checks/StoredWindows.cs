using System.Globalization;
using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.Windows;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Simulation.Checks;

/// <summary>The windows that a store holds when all is over.</summary>
internal static class StoredWindows
{
    public static IEnumerable<Update> Of(World world, string store) =>
        from row in Timelines(world, store)
        from entry in row.Timeline.Entries
        select new Update(row.Key, entry.Start, entry.End, Serdes.Int64.Deserialize(entry.Bytes).ToString(CultureInfo.InvariantCulture), entry.Timestamp);

    /// <summary>The windows whose results are held.</summary>
    public static HashSet<(string Key, Window Window)> Held(World world, string store) =>
    [
        .. from row in Timelines(world, store)
           from window in row.Timeline.Entries.Where(entry => entry.IsHeld).Select(entry => entry.Window).Concat(row.Timeline.Held.Select(held => held.Window))
           select (row.Key, window),
    ];

    /// <summary>The keys that hold no result, with the highest end of their windows; where they have none any more, of those that they had.</summary>
    public static IEnumerable<(string Key, long Latest)> Latest(World world, string store) =>
        from row in Timelines(world, store)
        where row.Timeline.Held.Count == 0 && !row.Timeline.Entries.Any(entry => entry.IsHeld)
        select (row.Key, row.Timeline.Latest() ?? row.Timeline.StoredIndex!.Value.Time);

    /// <summary>Results that were closed and are still to be published.</summary>
    public static int OutboxRows(World world, string store) => StoredRows.All(world, store).Count(row => row.Key.Bytes[0] == RowKeys.Outbox);

    private static IEnumerable<(string Key, Timeline Timeline)> Timelines(World world, string store)
    {
        var rows = StoredRows.All(world, store).Where(row => row.Key.Bytes[0] is RowKeys.Value or RowKeys.Page).ToDictionary(row => row.Key, row => row.Value);
        return
            from row in rows
            where row.Key.Bytes[0] == RowKeys.Value
            select (KeyOf(row.Key), Whole(row.Key, RowCodec.Decode(row.Value).Value, rows));
    }

    private static Timeline Whole(StateKey key, byte[]? value, Dictionary<StateKey, byte[]> rows)
    {
        var pages = Decode(value, null).Segments
            .Where(segment => segment.Id != TimelineSegment.Inline)
            .ToDictionary(segment => segment.Id, segment => rows[TimelineKeys.Page(key, segment.Id)]);
        return Decode(value, pages);
    }

    private static string KeyOf(StateKey key) => Serdes.Int64.Deserialize(key.Bytes[1..].ToArray()).ToString(CultureInfo.InvariantCulture);

    private static Timeline Decode(byte[]? value, Dictionary<long, byte[]>? pages) => TimelineCodec.Decode(value, pages, static () => new TimelineEntry());
}
