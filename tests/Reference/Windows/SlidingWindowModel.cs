using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Specifications;

namespace KafkaFunctions.Reference.Windows;

/// <summary>
/// Sliding windows of one partition, both ends inclusive. There is a window that ends at each record (at size, where the record is
/// earlier than that), and one that starts right after it, if that has records.
/// </summary>
internal sealed class SlidingWindowModel(SlidingWindowAggregation settings) : Model
{
    private readonly WindowTable _windows = new(settings.Aggregate, settings.Results);
    private readonly List<InputRecord> _accepted = [];
    private readonly StreamClock _clock = new();

    public override IEnumerable<Update> State => _windows.State;

    public override void Process(InputRecord record, Step step)
    {
        if (record.Key is null || record.Value is null)
        {
            step.Drop();
            return;
        }

        _clock.Move(record.Timestamp);
        var closeTime = Times.Subtract(_clock.Now, settings.Grace);
        var lastEnd = Times.Add(record.Timestamp, settings.Size);
        if (lastEnd < closeTime)
        {
            step.DropLate(record.Timestamp, lastEnd, closeTime);
            return;
        }

        _accepted.Add(record);
        foreach (var start in Starts(record.Key))
        {
            Update(record, record.Key, start, closeTime, step);
        }

        _windows.Close(window => window.End < closeTime, step);
    }

    private void Update(InputRecord record, string key, long start, long closeTime, Step step)
    {
        var end = Times.Add(start, settings.Size);
        var holds = IsWithin(record, start, end);
        if (end < closeTime)
        {
            if (holds)
            {
                step.DropLate(start, end, closeTime);
            }
        }
        else if (!_windows.Has(key, start))
        {
            _windows.Add(key, start, end, RecordsIn(key, start, end), step);
        }
        else if (holds)
        {
            _windows.Add(key, start, end, [record], step);
        }
    }

    private IEnumerable<long> Starts(string key) => _accepted
        .Where(record => record.Key == key)
        .SelectMany(record => new[] { Math.Max(0, record.Timestamp - settings.Size), Times.Add(record.Timestamp, 1) })
        .Distinct()
        .Where(start => RecordsIn(key, start, Times.Add(start, settings.Size)).Any())
        .Order();

    private IEnumerable<InputRecord> RecordsIn(string key, long start, long end) =>
        _accepted.Where(record => record.Key == key && IsWithin(record, start, end));

    private static bool IsWithin(InputRecord record, long start, long end) => record.Timestamp >= start && record.Timestamp <= end;
}
