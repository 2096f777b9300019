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
    public static IEnumerable<Update> Of(World world, string store)
    {
        var rows = StoredRows.All(world, store).Where(row => row.Key.Bytes[0] is RowKeys.Value or RowKeys.Page).ToDictionary(row => row.Key, row => row.Value);
        return rows.Where(row => row.Key.Bytes[0] == RowKeys.Value).SelectMany(row => Of(row.Key, RowCodec.Decode(row.Value).Value, rows));
    }

    /// <summary>The windows whose results are held.</summary>
    public static HashSet<(string Key, Window Window)> Held(World world, string store)
    {
        var rows = StoredRows.All(world, store).Where(row => row.Key.Bytes[0] is RowKeys.Value or RowKeys.Page).ToDictionary(row => row.Key, row => row.Value);
        return
        [
            .. from row in rows
               where row.Key.Bytes[0] == RowKeys.Value
               let timeline = Whole(row.Key, RowCodec.Decode(row.Value).Value, rows)
               from window in timeline.Entries.Where(entry => entry.IsHeld).Select(entry => entry.Window).Concat(timeline.Held.Select(held => held.Window))
               select (KeyOf(row.Key), window),
        ];
    }

    /// <summary>Results that were closed and are still to be published.</summary>
    public static int OutboxRows(World world, string store) => StoredRows.All(world, store).Count(row => row.Key.Bytes[0] == RowKeys.Outbox);

    private static IEnumerable<Update> Of(StateKey key, byte[]? value, Dictionary<StateKey, byte[]> rows)
    {
        var text = KeyOf(key);
        return Whole(key, value, rows).Entries.Select(entry => new Update(
            text, entry.Start, entry.End, Serdes.Int64.Deserialize(entry.Bytes).ToString(CultureInfo.InvariantCulture), entry.Timestamp));
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
