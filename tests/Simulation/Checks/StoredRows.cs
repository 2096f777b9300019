using KafkaFunctions.Simulation.Stores;
using KafkaFunctions.Streams.Joins.StreamJoins;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Simulation.Checks;

/// <summary>What is stored when all is over.</summary>
internal static class StoredRows
{
    public static IReadOnlyList<string> Stores(World world) => Synchronous.ResultOf(world.Storage.ListAsync(CancellationToken.None));

    /// <summary>All rows of a store, those of progress included.</summary>
    public static IEnumerable<StateRow> All(World world, string store)
    {
        var stored = Synchronous.ResultOf(world.Storage.OpenAsync(store, CancellationToken.None));
        return Enumerable.Range(StateBucket.Progress.Number, world.StateOptions.Buckets + 1)
            .SelectMany(bucket => Synchronous.ResultOf(stored.ScanAsync(new StateBucket(bucket), StateRange.All, CancellationToken.None)));
    }

    /// <summary>The keys of a store, numbers.</summary>
    public static IEnumerable<long> Keys(World world, string store) => All(world, store)
        .Where(row => row.Key.Bytes[0] == RowKeys.Value && RowCodec.Decode(row.Value).Value is not null)
        .Select(row => Serdes.Int64.Deserialize(row.Key.Bytes[1..].ToArray()))
        .Order();

    /// <summary>The keys of a join's store, numbers, of which no record waits, with the time of the latest one; null for none.</summary>
    public static IEnumerable<(long Key, long? Latest)> Joined(World world, string store)
    {
        var stored = Synchronous.ResultOf(world.Storage.OpenAsync(store, CancellationToken.None));
        return
            from row in All(world, store)
            where row.Key.Bytes[0] == RowKeys.Value
            let joined = StreamJoinRow.Of(stored, new RowWork(row.Key, StateBucket.Progress) { Row = RowCodec.Decode(row.Value) })
            where StreamJoinRow.BothSides.All(side => joined.EarliestOpen(side) is null)
            select (Serdes.Int64.Deserialize(row.Key.Bytes[1..].ToArray()), joined.Latest());
    }

    /// <summary>The values of a store's keys, both numbers.</summary>
    public static SortedDictionary<long, long> Numbers(World world, string store)
    {
        var numbers = new SortedDictionary<long, long>();
        foreach (var row in All(world, store).Where(row => row.Key.Bytes[0] == RowKeys.Value))
        {
            if (RowCodec.Decode(row.Value).Value is { } value)
            {
                numbers.Add(Serdes.Int64.Deserialize(row.Key.Bytes[1..].ToArray()), Serdes.Int64.Deserialize(value));
            }
        }

        return numbers;
    }
}
