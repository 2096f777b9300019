using System.Globalization;
using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Specifications;

namespace KafkaFunctions.Reference.Tables;

/// <summary>An aggregation of a table by group: the old value is subtracted, then the new one added; two groups, the old one first.</summary>
internal sealed class TableAggregationModel(TableAggregation settings, ReferenceRules rules) : Model
{
    private readonly SourceTable _table = new(rules);
    private readonly Dictionary<string, TableRow> _groups = [];

    public override IEnumerable<Update> State => _groups.Keys.Select(Row);

    public override void Process(InputRecord record, Step step)
    {
        if (_table.Apply(record, step) is not { } change)
        {
            return;
        }

        var oldGroup = change.Before is null ? null : TableAggregation.GroupOf(change.Before.Value);
        var newGroup = change.After is null ? null : TableAggregation.GroupOf(change.After.Value);
        foreach (var group in new[] { oldGroup, newGroup }.OfType<string>().Distinct())
        {
            var removed = group == oldGroup ? change.Before : null;
            var added = group == newGroup ? change.After : null;
            _groups[group] = Changed(group, removed, added, change.Timestamp);
            step.Emit(Row(group));
        }
    }

    private TableRow Changed(string group, TableRow? removed, TableRow? added, long timestamp)
    {
        var row = _groups.GetValueOrDefault(group) ?? new TableRow(Aggregation.Start(settings.Aggregate), timestamp);
        var value = removed is null ? row.Value : Aggregation.Subtract(settings.Aggregate, row.Value, removed.Value);
        value = added is null ? value : Aggregation.Add(settings.Aggregate, value, added.Value);
        return new TableRow(value, Math.Max(row.Timestamp, timestamp));
    }

    private Update Row(string group) =>
        new(group, null, null, _groups[group].Value.ToString(CultureInfo.InvariantCulture), _groups[group].Timestamp);
}
