using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Specifications;

namespace KafkaFunctions.Reference.Windows;

/// <summary>Tumbling and hopping windows of one partition: start inclusive, end exclusive.</summary>
internal sealed class TimeWindowModel(TimeWindowAggregation settings) : Model
{
    private readonly WindowTable _windows = new(settings.Aggregate, settings.Results);
    private readonly StreamClock _clock = new();

    public override IEnumerable<Update> State => _windows.State;

    public override void Process(InputRecord record, Step step)
    {
        if (record.Key is null)
        {
            step.Drop();
            return;
        }

        _clock.Move(record.Timestamp);
        var closeTime = Times.Subtract(_clock.Now, settings.Grace);
        foreach (var start in Starts(record.Timestamp))
        {
            var end = Times.Add(start, settings.Size);
            if (end > closeTime)
            {
                _windows.Add(record.Key, start, end, [record], step);
            }
            else
            {
                step.DropLate(start, end, closeTime);
            }
        }

        _windows.Close(window => window.End <= closeTime, step);
    }

    private IEnumerable<long> Starts(long timestamp)
    {
        var first = Math.Max(0, timestamp - settings.Size + settings.Advance) / settings.Advance * settings.Advance;
        for (var start = first; ; start += settings.Advance)
        {
            yield return start;
            if (start > timestamp - settings.Advance)
            {
                yield break;
            }
        }
    }
}
