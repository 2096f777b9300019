using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Specifications;

namespace KafkaFunctions.Reference.Joins;

/// <summary>
/// A stream-stream join. Everything is read in the order given, so no side lags, and the clock is one: the highest time of both.
/// A side forgets what is older than its own highest time less window and grace; by the rules of ours only once the other side's has gone
/// that far, or, as no side lags, once its own next record of the key has come.
/// </summary>
internal sealed class StreamJoinModel(StreamJoin settings, ReferenceRules rules) : Model
{
    private readonly List<JoinRecord> _records = [];
    private readonly StreamClock _clock = new();
    private readonly StreamClock[] _sides = [new(), new()];
    private readonly Dictionary<(string Key, Side Side), long> _kept = [];

    public override void Process(InputRecord record, Step step)
    {
        _clock.Move(record.Timestamp);
        EmitExpired(step);
        if (rules.KeylessRecordsAgeTheirSide && record.Key is null)
        {
            _sides[(int)record.Side].Move(record.Timestamp);
        }

        if (record.Key is null && record.Value is not null && MayBeUnmatched(record.Side))
        {
            step.Emit(new JoinRecord(record, null!, record.Value.Value).Unmatched);
            return;
        }

        if (record.Key is null || record.Value is null)
        {
            step.Drop();
        }
        else
        {
            Join(new JoinRecord(record, record.Key, record.Value.Value), step);
            Forget(record);
        }

        if (record.Key is not null)
        {
            _sides[(int)record.Side].Move(record.Timestamp);
        }
    }

    private void Join(JoinRecord record, Step step)
    {
        var partners = PartnersOf(record, step);
        foreach (var partner in partners)
        {
            partner.IsMatched = true;
            record.IsMatched = true;
            step.Emit(record.With(partner));
        }

        if (!record.IsMatched && MayBeUnmatched(record.Side))
        {
            EmitOrHold(record, step);
        }

        _records.Add(record);
    }

    private void EmitExpired(Step step)
    {
        var expired = _records
            .Where(record => MayBeUnmatched(record.Side) && !record.IsMatched && !record.IsEmitted && IsExpired(record))
            .OrderBy(record => record.Timestamp);
        foreach (var record in expired)
        {
            record.IsEmitted = true;
            step.Emit(record.Unmatched);
        }
    }

    private List<JoinRecord> PartnersOf(JoinRecord record, Step step)
    {
        var partners = _records
            .Where(other => other.Side != record.Side && other.Key == record.Key && AreWithin(record, other) && !IsForgotten(other, record))
            .OrderBy(other => other.Timestamp)
            .ToList();
        if (partners.RemoveAll(other => other.IsEmitted) > 0)
        {
            step.Uses(OwnRule.UnmatchedJoinsNothing, record.Key);
        }

        return partners;
    }

    private void EmitOrHold(JoinRecord record, Step step)
    {
        record.IsEmitted = IsExpired(record);
        if (record.IsEmitted)
        {
            step.Emit(record.Unmatched);
        }
        else if (Times.Add(record.Timestamp, Ahead(record.Side)) < _clock.Now)
        {
            step.Uses(OwnRule.UnmatchedHeldThroughGrace, record.Key);
        }
    }

    private static Side OtherOf(Side side) => side == Side.Left ? Side.Right : Side.Left;

    private bool AreWithin(JoinRecord record, JoinRecord other)
    {
        var (left, right) = record.Side == Side.Left ? (record, other) : (other, record);
        return right.Timestamp >= Times.Subtract(left.Timestamp, settings.Before) && right.Timestamp <= Times.Add(left.Timestamp, settings.After);
    }

    private bool IsExpired(JoinRecord record) => Times.Add(Times.Add(record.Timestamp, Ahead(record.Side)), settings.Grace) < _clock.Now;

    private bool IsForgotten(JoinRecord record, JoinRecord by)
    {
        if (rules.ForgetsJoinRecordsByBothSides)
        {
            return record.Timestamp < Math.Max(
                _kept.GetValueOrDefault((record.Key, record.Side), long.MinValue),
                KeptBy(Math.Min(_sides[(int)record.Side].Now, Math.Max(_sides[(int)by.Side].Now, by.Timestamp))));
        }

        var kept = KeptBy(_sides[(int)record.Side].Now);
        return record.Timestamp < kept || (record.Timestamp == kept && rules.ForgetsJoinRecordsAtBoundary);
    }

    private void Forget(InputRecord record)
    {
        var (own, other) = (Math.Max(_sides[(int)record.Side].Now, record.Timestamp), _sides[(int)OtherOf(record.Side)].Now);
        Raise(record.Side, own);
        Raise(OtherOf(record.Side), Math.Min(own, other));

        void Raise(Side side, long clock) =>
            _kept[(record.Key!, side)] = Math.Max(_kept.GetValueOrDefault((record.Key!, side), long.MinValue), KeptBy(clock));
    }

    private long KeptBy(long clock) => Times.Subtract(clock, settings.Before + settings.After + settings.Grace);

    /// <summary>How much later a partner may be.</summary>
    private long Ahead(Side side) => side == Side.Left ? settings.After : settings.Before;

    private bool MayBeUnmatched(Side side) => settings.Join == JoinKind.Outer || (settings.Join == JoinKind.Left && side == Side.Left);
}
