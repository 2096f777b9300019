using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Specifications;
using KafkaFunctions.Reference.Tables;

namespace KafkaFunctions.Reference.Joins;

/// <summary>A stream joined with a table: only the stream triggers. A version is never newer than the record that it is looked up for.</summary>
internal sealed class StreamTableJoinModel(StreamTableJoin settings, ReferenceRules rules) : Model
{
    private readonly SourceTable _table = new(rules);
    private readonly VersionedTable _versions = new();

    public override void Process(InputRecord record, Step step)
    {
        if (record.Side == Side.Right)
        {
            Apply(record, step);
        }
        else if (record.Value is null || (record.Key is null && settings.Join == JoinKind.Inner))
        {
            step.Drop();
        }
        else if (Joined.OfRows(settings.Join, record.Value, RightOf(record)) is { } joined)
        {
            step.Emit(new Update(record.Key, null, null, joined, TimeOf(record)));
        }
    }

    private void Apply(InputRecord record, Step step)
    {
        if (settings.Versioned)
        {
            _versions.Apply(record, step);
        }
        else
        {
            _table.Apply(record, step);
        }
    }

    private long TimeOf(InputRecord record) => settings.Versioned || rules.StreamTableJoinHasTimeOfStream || _table.Get(record.Key) is not { } row
        ? record.Timestamp
        : Math.Max(record.Timestamp, row.Timestamp);

    private long? RightOf(InputRecord record) =>
        settings.Versioned ? _versions.GetAsOf(record.Key, record.Timestamp) : _table.Get(record.Key)?.Value;
}
