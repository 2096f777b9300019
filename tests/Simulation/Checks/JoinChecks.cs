using KafkaFunctions.Simulation.Pipeline;
using KafkaFunctions.Streams.Serialization;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Simulation.Checks;

/// <summary>Compares the results of a join with what its windows allow: each pair once, and each record without partner once.</summary>
internal sealed class JoinChecks
{
    private readonly World _world;
    private readonly Survivors _survivors;
    private readonly JoinSettings _join;
    private readonly long _timeAtRest;
    private readonly JoinPart _part;
    private readonly bool _isThereAtOnce;
    private readonly IReadOnlyDictionary<long, Side> _left;
    private readonly IReadOnlyDictionary<long, Side> _right;
    private readonly List<(KafkaRecord Record, JoinedPair Pair)> _results;
    private readonly HashSet<JoinedPair> _pairs;

    public JoinChecks(World world, Survivors survivors, JoinSettings join, JoinPart part)
    {
        (_world, _survivors, _join, _part, _timeAtRest) = (world, survivors, join, part, part.TimeAtRest);
        _isThereAtOnce = world.Pipeline.Parts is [{ IsThereAtOnce: true }];
        (_left, _right) = (Of(JoinPart.Left, isLeft: true), Of(JoinPart.Right, isLeft: false));
        _results = [.. survivors[join.Output].Select(record => (record, JoinedPair.Serde.Deserialize(record.Value)))];
        _pairs = [.. _results.Select(result => result.Pair)];
    }

    /// <returns>What is wrong; null where nothing is.</returns>
    public string? FirstProblem() =>
        Twice()
        ?? _results.Select(result => Wrong(result.Record, result.Pair)).FirstOrDefault(problem => problem is not null)
        ?? _left.Values.Concat(_right.Values).Select(Wrong).FirstOrDefault(problem => problem is not null)
        ?? Missing()
        ?? DeadLetters.Of(_survivors, JoinPart.Left, _join.LeftFunction, 0)
        ?? DeadLetters.Of(_survivors, JoinPart.Right, _join.RightFunction, 0)
        ?? (StoredWindows.OutboxRows(_world, _join.Store) is var left and > 0 ? $"{left} rows of results are left in '{_join.Store}'." : null)
        ?? Leftover();

    /// <summary>Where timers clean up, no key is left of which both sides have forgotten everything.</summary>
    private string? Leftover()
    {
        var forgotten = Math.Max(Latest(JoinPart.Left, _timeAtRest), Latest(JoinPart.Right, _timeAtRest)) - _join.Kept;
        return !_world.CleansUp
            ? null
            : StoredRows.Joined(_world, _join.Store)
                .Where(row => row.Latest < forgotten)
                .Select(row => $"Store '{_join.Store}' still has {row.Key}, of {row.Latest} at the latest.")
                .FirstOrDefault();
    }

    private string? Twice() => _results
        .GroupBy(result => result.Pair)
        .Where(group => group.Count() > 1)
        .Select(group => $"{_join.Kind}: {group.Key} is there {group.Count()} times.")
        .FirstOrDefault();

    /// <summary>A result has its records' key and the higher of their times, and they are within the window.</summary>
    private string? Wrong(KafkaRecord record, JoinedPair pair)
    {
        var left = pair.Left is { } number ? _left.GetValueOrDefault(number) : null;
        var right = pair.Right is { } other ? _right.GetValueOrDefault(other) : null;
        var isKnown = (pair.Left is null || left is not null) && (pair.Right is null || right is not null) && (left ?? right) is not null;
        if (!isKnown || (left is not null && right is not null && !ArePartners(left, right)))
        {
            return $"{_join}: {pair} are no partners: {left} and {right}.";
        }

        var time = Math.Max(left?.Time ?? 0, right?.Time ?? 0);
        return record.Timestamp!.UnixTimestampMs == time && Serdes.Int64.Deserialize(record.Key) == (left ?? right)!.Key
            ? null
            : $"{_join}: {pair} of {left} and {right} is {ShownRecord.Of(record)}, at {record.Timestamp.UnixTimestampMs}.";
    }

    /// <summary>A record is either joined or alone; alone it is only after its time, and where it may be and is not joined, it is.</summary>
    private string? Wrong(Side record)
    {
        var partners = (record.IsLeft ? _right : _left).Values.Where(other => ArePartners(record, other) && !IsAlone(other)).ToList();
        var joined = partners.Count(other => _pairs.Contains(PairOf(record, other)));
        if (IsAlone(record))
        {
            return joined > 0 || !_join.MayBeAlone(record.IsLeft) || partners.Any(other => !MayBeForgottenBefore(other, record) && !MayBeDueBefore(record, other))
                ? $"{_join}: {record} is alone, and {joined} are joined of its partners {string.Join(", ", partners)}."
                : null;
        }

        return joined == 0 && _join.MayBeAlone(record.IsLeft) && record.Time < _timeAtRest
            ? $"{_join}: {record} is neither joined nor alone."
            : null;
    }

    /// <summary>Only a pair with a record that was alone, or may have been forgotten, may be missing.</summary>
    private string? Missing() => (
        from left in _left.Values
        from right in _right.Values
        where ArePartners(left, right) && !_pairs.Contains(PairOf(left, right))
        where !IsAlone(left) && !IsAlone(right) && !MayBeForgottenBefore(left, right) && !MayBeForgottenBefore(right, left)
        select $"{_join}: {left} and {right} are not joined.").FirstOrDefault();

    private bool IsAlone(Side record) => _pairs.Contains(record.IsLeft ? new JoinedPair(record.Number, null) : new JoinedPair(null, record.Number));

    /// <summary>Whether a record may have been forgotten before its partner was read: both sides were further than it is kept.</summary>
    private bool MayBeForgottenBefore(Side record, Side partner) =>
        record.Time < Math.Min(
            Latest(record.IsLeft ? JoinPart.Left : JoinPart.Right, _part.IsAfterCleanUp(partner.Number) ? _timeAtRest : record.Time),
            HighestBefore(partner, record.Time)) - _join.Kept;

    /// <summary>Whether a record may have been left alone before its partner was read.</summary>
    private bool MayBeDueBefore(Side record, Side partner) => record.Time + _join.Ahead(record.IsLeft) + _join.Grace < HighestBefore(partner, record.Time);

    /// <summary>The highest time that the clock of a record's side may have had before it was read: that of its partition, or, where nothing was
    /// left to read before it was written, that of all that was written by then.</summary>
    private long HighestBefore(Side record, long time) => _isThereAtOnce && !_part.IsAfterCleanUp(record.Number)
        ? _survivors[record.IsLeft ? JoinPart.Left : JoinPart.Right]
            .Where(before => before.Partition == record.Partition && before.Offset <= record.Offset)
            .Max(before => before.Timestamp!.UnixTimestampMs)
        : _part.HighestBy(record.Number) ?? LatestBefore(time);

    private long LatestBefore(long time) => Math.Max(Latest(JoinPart.Left, time), Latest(JoinPart.Right, time));

    /// <summary>A side's highest time; before all came to rest, for a record from then. Records without value count.</summary>
    private long Latest(string topic, long time) => _survivors[topic]
        .Select(record => record.Timestamp!.UnixTimestampMs)
        .Where(other => time >= _timeAtRest || other < _timeAtRest)
        .DefaultIfEmpty()
        .Max();

    private bool ArePartners(Side one, Side other)
    {
        var (left, right) = one.IsLeft ? (one, other) : (other, one);
        return left.Key == right.Key && right.Time >= left.Time - _join.Before && right.Time <= left.Time + _join.After;
    }

    private static JoinedPair PairOf(Side one, Side other) => one.IsLeft ? new(one.Number, other.Number) : new(other.Number, one.Number);

    private Dictionary<long, Side> Of(string topic, bool isLeft) => _survivors[topic]
        .Where(record => record.Value is not null)
        .Select(record => new Side(isLeft, Serdes.Int64.Deserialize(record.Value), Serdes.Int64.Deserialize(record.Key), record.Timestamp!.UnixTimestampMs, record.Partition, record.Offset))
        .ToDictionary(record => record.Number);

    private sealed record Side(bool IsLeft, long Number, long Key, long Time, int Partition, long Offset);
}
