using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Specifications;
using KafkaFunctions.Reference.Tables;

namespace KafkaFunctions.Reference.Joins;

/// <summary>A table-table join where the left value names the right key; either side triggers.</summary>
internal sealed class ForeignKeyJoinModel(ForeignKeyJoin settings, ReferenceRules rules) : Model
{
    private readonly SourceTable _left = new(rules);
    private readonly SourceTable _right = new(rules);

    public override void Process(InputRecord record, Step step)
    {
        if (record.Side == Side.Right)
        {
            ProcessRight(record, step);
        }
        else if (_left.Apply(record, step) is { } change)
        {
            ProcessLeft(change, step);
        }
    }

    private void ProcessLeft(TableChange change, Step step)
    {
        var after = Result(change.After, PartnerOf(change.After));
        if (after is not null || Result(change.Before, PartnerOf(change.Before)) is not null || IsRepeatedTombstone(change))
        {
            step.Emit(new Update(change.Key, null, null, after, TimeOf(change)));
        }
    }

    private void ProcessRight(InputRecord record, Step step)
    {
        if (_right.Apply(record, step) is not { } change)
        {
            return;
        }

        foreach (var (key, left) in _left.Rows.Where(row => ForeignKeyJoin.ForeignKeyOf(row.Value.Value) == change.Key))
        {
            var after = Result(left, change.After);
            if (after is not null || Result(left, change.Before) is not null || rules.RepeatsTombstones)
            {
                var timestamp = rules.ForeignKeyJoinHasTimeOfTrigger ? change.Timestamp : Math.Max(change.Timestamp, left.Timestamp);
                step.Emit(new Update(key, null, null, after, timestamp));
            }
        }
    }

    private long TimeOf(TableChange change)
    {
        if (rules.ForeignKeyJoinHasTimeOfTrigger && change.After is null && settings.Join == JoinKind.Left)
        {
            return change.Timestamp;
        }

        var partner = PartnerOf(NamesPartner(change.After) ? change.After : change.Before);
        return Math.Max(change.Timestamp, partner?.Timestamp ?? change.Timestamp);
    }

    /// <summary>A left row that names none has no partner to take the time of, but in a left join it is a result by itself.</summary>
    private bool NamesPartner(TableRow? left) =>
        left is not null && (settings.Join == JoinKind.Left || ForeignKeyJoin.ForeignKeyOf(left.Value) is not null);

    private TableRow? PartnerOf(TableRow? left) => left is null ? null : _right.Get(ForeignKeyJoin.ForeignKeyOf(left.Value));

    private string? Result(TableRow? left, TableRow? right) => Joined.OfRows(settings.Join, left?.Value, right?.Value);

    private bool IsRepeatedTombstone(TableChange change) =>
        rules.RepeatsTombstones
        && change.Before is { } before
        && ForeignKeyJoin.ForeignKeyOf(before.Value) is { } oldKey
        && (change.After is null || ForeignKeyJoin.ForeignKeyOf(change.After.Value) != oldKey);
}
