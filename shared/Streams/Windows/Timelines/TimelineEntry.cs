namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>A window of a key, while a batch is applied to it. One thread at a time.</summary>
internal class TimelineEntry
{
    /// <summary>No operation.</summary>
    public const int Untouched = -1;

    /// <summary>After every time.</summary>
    public const long NotHeld = long.MaxValue;

    public long Start { get; set; }

    public long End { get; set; }

    /// <summary>Event time of the result.</summary>
    public long Timestamp { get; set; }

    /// <summary>The aggregate's bytes; null where it has none, or they are out of date.</summary>
    public byte[]? Bytes { get; set; }

    /// <summary>The last operation of the batch that changed it.</summary>
    public int LastOperation { get; set; } = Untouched;

    /// <summary>The bytes that were last published, where the entry is touched; null where it is new.</summary>
    public byte[]? Published { get; set; }

    /// <summary>Event time of the first update that is held and was not emitted; <see cref="NotHeld"/> where none is.</summary>
    public long HeldSince { get; set; } = NotHeld;

    public bool IsHeld => HeldSince != NotHeld;

    /// <summary>Whether a result that was held has been emitted, or is about to be.</summary>
    public bool IsEmitted { get; set; }

    public TimelineSegment Segment { get; set; } = null!;

    public Window Window => new(Start, End);

    /// <summary>The result as it is; <see cref="Bytes"/> are up to date.</summary>
    public HeldResult ToHeld() => new(Window, HeldSince, Timestamp, Bytes);

    /// <summary>Notes that the result that was held goes.</summary>
    public void Release()
    {
        HeldSince = NotHeld;
        IsEmitted = true;
        Segment.IsChanged = true;
    }

    /// <summary>Brings <see cref="Bytes"/> up to date.</summary>
    public virtual void Encode()
    {
    }
}
