using KafkaFunctions.Reference.Cases;

namespace KafkaFunctions.Reference.Tables;

/// <summary>A table from a topic, unversioned: the last record by offset wins.</summary>
internal sealed class SourceTable(ReferenceRules rules)
{
    private readonly SortedDictionary<string, TableRow> _rows = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, TableRow>> Rows => _rows;

    public TableRow? Get(string? key) => key is not null && _rows.TryGetValue(key, out var row) ? row : null;

    /// <summary>Applies a record; null where nothing is to be passed on.</summary>
    public TableChange? Apply(InputRecord record, Step step)
    {
        if (record.Key is null)
        {
            step.Drop();
            return null;
        }

        var before = Get(record.Key);
        var after = record.Value is { } value ? new TableRow(value, record.Timestamp) : null;
        if (IsSkipped(before, after))
        {
            return null;
        }

        if (after is null)
        {
            _rows.Remove(record.Key);
        }
        else
        {
            _rows[record.Key] = after;
        }

        return new TableChange(record.Key, before, after, record.Timestamp);
    }

    private bool IsSkipped(TableRow? before, TableRow? after) =>
        rules.SkipsUnchangedTableUpdates && before?.Value == after?.Value && (before is null || after!.Timestamp >= before.Timestamp);
}
