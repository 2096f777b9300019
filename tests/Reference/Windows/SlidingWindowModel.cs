using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Specifications;

namespace KafkaFunctions.Reference.Windows;

/// <summary>
/// Sliding windows of one partition, both ends inclusive. There is a window that ends at each record (at size, where the record is
/// earlier than that), and one that starts right after it, if that has records. A record counts in every window that holds it and
/// is not closed, whether the window is there already or comes with a later record.
/// </summary>
internal sealed class SlidingWindowModel(SlidingWindowAggregation settings, ReferenceRules rules) : Model
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
        if (EndOf(record.Timestamp) < closeTime)
        {
            step.DropLate(FirstStart(record), EndOf(FirstStart(record)), closeTime);
            return;
        }

        if (EndOf(FirstStart(record)) < closeTime)
        {
            step.Uses(OwnRule.SlidingRecordLateForItsOwnWindow, record.Key);
        }

        _accepted.Add(record);
        // Windows that are there already come first, the newest before, as in Kafka Streams: it decides what else of what is held has the record.
        foreach (var start in Starts(record.Key).OrderBy(start => !_windows.Has(record.Key, start)).ThenByDescending(start => start).ToList())
        {
            Update(record, record.Key, start, closeTime, step);
        }

        _windows.Close(window => rules.IsClosed(window.End, closeTime, settings.Results), step);
    }

    private void Update(InputRecord record, string key, long start, long closeTime, Step step)
    {
        var holds = Holds(start, record);
        if (EndOf(start) < closeTime)
        {
            if (holds)
            {
                step.DropLate(start, EndOf(start), closeTime);
            }
        }
        else if (!_windows.Has(key, start))
        {
            _windows.Add(key, start, EndOf(start), RecordsIn(key, start), step);
        }
        else if (holds)
        {
            _windows.Add(key, start, EndOf(start), [record], step);
        }
    }

    /// <summary>Where the windows of a key with records in them start.</summary>
    private IEnumerable<long> Starts(string key) => _accepted
        .Where(record => record.Key == key)
        .SelectMany(record => new[] { FirstStart(record), Times.Add(record.Timestamp, 1) })
        .Distinct()
        .Where(start => RecordsIn(key, start).Any())
        .Order();

    /// <summary>Start of the window that ends at a record.</summary>
    private long FirstStart(InputRecord record) => Math.Max(0, record.Timestamp - settings.Size);

    private IEnumerable<InputRecord> RecordsIn(string key, long start) => _accepted.Where(record => record.Key == key && Holds(start, record));

    private bool Holds(long start, InputRecord record) => record.Timestamp >= start && record.Timestamp <= EndOf(start);

    private long EndOf(long start) => Times.Add(start, settings.Size);
}
