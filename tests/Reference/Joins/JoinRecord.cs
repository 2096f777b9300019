using KafkaFunctions.Reference.Cases;

namespace KafkaFunctions.Reference.Joins;

/// <summary>A record that a stream-stream join keeps.</summary>
internal sealed class JoinRecord(InputRecord input, string key, long value)
{
    public Side Side => input.Side;

    public long Timestamp => input.Timestamp;

    public long Offset => input.Offset;

    public string Key => key;

    public long Value => value;

    /// <summary>Whether it has been joined.</summary>
    public bool IsMatched { get; set; }

    /// <summary>Whether it was emitted without a partner.</summary>
    public bool IsEmitted { get; set; }

    public Update Unmatched => new(key, null, null, Side == Side.Left ? Joined.Of(value, null) : Joined.Of(null, value), Timestamp);

    /// <summary>The result with a record of the other side.</summary>
    public Update With(JoinRecord other) => new(
        key,
        null,
        null,
        Side == Side.Left ? Joined.Of(value, other.Value) : Joined.Of(other.Value, value),
        Math.Max(Timestamp, other.Timestamp));
}
