using KafkaFunctions.Reference.Cases;

namespace KafkaFunctions.Reference.Tables;

/// <summary>A versioned table: the last by timestamp wins, and of the same timestamp the last by offset. Forgets nothing.</summary>
internal sealed class VersionedTable
{
    private readonly Dictionary<(string Key, long Timestamp), long?> _versions = [];

    public void Apply(InputRecord record, Step step)
    {
        if (record.Key is null)
        {
            step.Drop();
            return;
        }

        if (record.Value is null && _versions.ContainsKey((record.Key, record.Timestamp)))
        {
            step.Uses(OwnRule.TombstoneAtTheTimeOfItsValue, record.Key);
        }

        _versions[(record.Key, record.Timestamp)] = record.Value;
    }

    /// <summary>The value as of a time.</summary>
    public long? GetAsOf(string? key, long timestamp) => _versions
        .Where(version => version.Key.Key == key && version.Key.Timestamp <= timestamp)
        .OrderBy(version => version.Key.Timestamp)
        .LastOrDefault()
        .Value;
}
