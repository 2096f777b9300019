using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Specifications;
using KafkaFunctions.Reference.Tables;

namespace KafkaFunctions.Reference.Joins;

/// <summary>A table-table join by key; either side triggers.</summary>
internal sealed class TableJoinModel(TableJoin settings, ReferenceRules rules) : Model
{
    private readonly SourceTable _left = new(rules);
    private readonly SourceTable _right = new(rules);

    public override void Process(InputRecord record, Step step)
    {
        var isLeft = record.Side == Side.Left;
        if ((isLeft ? _left : _right).Apply(record, step) is not { } change)
        {
            return;
        }

        var other = (isLeft ? _right : _left).Get(change.Key);
        var before = Result(isLeft, change.Before, other);
        var after = Result(isLeft, change.After, other);
        if (before is not null || after is not null || IsRepeatedTombstone(isLeft, other))
        {
            step.Emit(new Update(change.Key, null, null, after, Math.Max(change.Timestamp, other?.Timestamp ?? change.Timestamp)));
        }
    }

    private string? Result(bool isLeft, TableRow? own, TableRow? other) =>
        isLeft ? Joined.OfRows(settings.Join, own?.Value, other?.Value) : Joined.OfRows(settings.Join, other?.Value, own?.Value);

    private bool IsRepeatedTombstone(bool isLeft, TableRow? other) =>
        rules.RepeatsTombstones && other is not null && (isLeft || settings.Join != JoinKind.Left);
}
