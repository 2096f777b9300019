using System.Globalization;
using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Specifications;

namespace KafkaFunctions.Reference.Tables;

/// <summary>An aggregation by key without windows: no record is late.</summary>
internal sealed class StreamAggregationModel(StreamAggregation settings) : Model
{
    private readonly Dictionary<string, List<InputRecord>> _records = [];

    public override IEnumerable<Update> State => _records.Keys.Select(Row);

    public override void Process(InputRecord record, Step step)
    {
        if (record.Key is null || record.Value is null)
        {
            step.Drop();
            return;
        }

        _records.TryAdd(record.Key, []);
        _records[record.Key].Add(record);
        step.Emit(Row(record.Key));
    }

    private Update Row(string key)
    {
        var value = _records[key].Aggregate(Aggregation.Start(settings.Aggregate), (before, record) => Aggregation.Add(settings.Aggregate, before, record.Value));
        return new Update(key, null, null, value.ToString(CultureInfo.InvariantCulture), _records[key].Max(record => record.Timestamp));
    }
}
