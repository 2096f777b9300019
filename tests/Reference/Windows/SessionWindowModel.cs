using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Specifications;

namespace KafkaFunctions.Reference.Windows;

/// <summary>Session windows of one partition.</summary>
internal sealed class SessionWindowModel(SessionWindowAggregation settings, ReferenceRules rules) : Model
{
    private readonly StreamClock _clock = new();
    private List<Session> _sessions = [];

    public override IEnumerable<Update> State => _sessions.Select(session => session.Update);

    public override void Process(InputRecord record, Step step)
    {
        if (record.Key is null)
        {
            step.Drop();
            return;
        }

        _clock.Move(record.Timestamp);
        var closeTime = Times.Subtract(Times.Subtract(_clock.Now, settings.Grace), settings.Gap);
        var joined = _sessions.Where(session => IsNear(session, record)).OrderBy(session => session.End).ToList();
        var merged = Merge(record, record.Key, joined);
        if (merged.End < closeTime)
        {
            step.DropLate(merged.Start, merged.End, closeTime);
        }
        else
        {
            Replace(joined, merged, step);
        }

        if (settings.Results != ResultMode.Updates)
        {
            Close(closeTime, step);
        }
    }

    private bool IsNear(Session session, InputRecord record) =>
        session.Key == record.Key
        && (rules.JoinsClosedSessions || !session.IsClosed)
        && session.End >= Times.Subtract(record.Timestamp, settings.Gap)
        && session.Start <= Times.Add(record.Timestamp, settings.Gap);

    private Session Merge(InputRecord record, string key, List<Session> joined) => new(
        key,
        joined.Select(session => session.Start).Append(record.Timestamp).Min(),
        joined.Select(session => session.End).Append(record.Timestamp).Max(),
        Aggregation.Add(
            settings.Aggregate,
            joined.Aggregate(Aggregation.Start(settings.Aggregate), (before, session) => Aggregation.Merge(settings.Aggregate, before, session.Value)),
            record.Value));

    private void Replace(List<Session> joined, Session merged, Step step)
    {
        _sessions = [.. _sessions.Except(joined), merged];
        if (settings.Results == ResultMode.Updates)
        {
            step.Emit(joined.Where(session => IsRetracted(session, merged)).Select(session => session.Tombstone));
            step.Emit(merged.Update);
        }
    }

    private bool IsRetracted(Session session, Session merged) =>
        (session.Start, session.End) != (merged.Start, merged.End)
        || (rules.RetractsSessionOfSameBounds && merged.Start != merged.End);

    private void Close(long closeTime, Step step)
    {
        var due = _sessions.Where(session => !session.IsClosed && rules.IsClosed(session.End, closeTime, settings.Results)).ToList();
        _sessions = [.. _sessions.Except(due), .. due.Select(session => session with { IsClosed = true })];
        step.Emit(UpdateOrder.ByWindow(due.Select(session => session.Update)));
    }
}
