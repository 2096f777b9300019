using System.Globalization;
using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Specifications;

namespace KafkaFunctions.Reference.Windows;

/// <summary>A window with all the records in it, in order of arrival; its aggregate is computed anew each time.</summary>
internal sealed class WindowRow(AggregateKind aggregate, string key, long start, long end, IEnumerable<InputRecord> records)
{
    private readonly List<InputRecord> _records = [.. records];

    public string Key => key;

    public long Start => start;

    public long End => end;

    /// <summary>Whether its final result was emitted.</summary>
    public bool IsClosed { get; set; }

    public Update Update => new(
        key,
        start,
        end,
        _records.Aggregate(Aggregation.Start(aggregate), (before, record) => Aggregation.Add(aggregate, before, record.Value)).ToString(CultureInfo.InvariantCulture),
        _records.Max(record => record.Timestamp));

    public void Add(InputRecord record) => _records.Add(record);
}
