namespace KafkaFunctions.Streams.Tables;

/// <summary>The versions of a key's value, by their time. There is at least one. One thread at a time.</summary>
internal sealed class VersionedRow(List<TableVersion> versions)
{
    /// <summary>The operator's name, as stores know it.</summary>
    public const string Kind = "VersionedTable";

    public IReadOnlyList<TableVersion> Versions => versions;

    public TableVersion Newest => versions[^1];

    public static VersionedRow Of(TableVersion version) => new([version]);

    /// <summary>Takes a version in: of two of the same time the later one holds.</summary>
    /// <param name="version">The version.</param>
    /// <param name="history">How long before the newest version's time values are to be known.</param>
    public void Put(TableVersion version, long history)
    {
        var after = IndexAfter(version.Timestamp);
        if (after > 0 && versions[after - 1].Timestamp == version.Timestamp)
        {
            versions[after - 1] = version;
        }
        else
        {
            versions.Insert(after, version);
        }

        Forget(history);
    }

    /// <summary>The version that holds at a time; null where there is none, or it is forgotten.</summary>
    public TableVersion? AsOf(long timestamp)
    {
        var after = IndexAfter(timestamp);
        return after == 0 ? null : versions[after - 1];
    }

    /// <summary>Forgets the versions that no longer held when the history begins: the one that did stays.</summary>
    private void Forget(long history)
    {
        var begin = Newest.Timestamp < long.MinValue + history ? long.MinValue : Newest.Timestamp - history;
        var known = IndexAfter(begin);
        if (known > 1)
        {
            versions.RemoveRange(0, known - 1);
        }
    }

    /// <summary>Index of the first version after a time.</summary>
    private int IndexAfter(long timestamp)
    {
        var (from, to) = (0, versions.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = versions[middle].Timestamp <= timestamp ? (middle + 1, to) : (from, middle);
        }

        return from;
    }
}
