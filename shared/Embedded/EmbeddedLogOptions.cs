namespace KafkaFunctions.Embedded;

/// <summary>How an <see cref="EmbeddedLog"/> keeps its records.</summary>
public sealed class EmbeddedLogOptions
{
    /// <summary>Default of <see cref="MaxRecordBytes"/>: that of Kafka's <c>message.max.bytes</c>.</summary>
    public const long DefaultMaxRecordBytes = 1_048_588;

    /// <summary>SQLite stores no value of more than 1,000,000,000 bytes, and a record is stored in one value.</summary>
    public const long LargestMaxRecordBytes = 900_000_000;

    /// <summary>Default of <see cref="Retention"/>: that of Kafka's <c>log.retention.hours</c>, 7 days.</summary>
    public static readonly TimeSpan DefaultRetention = TimeSpan.FromDays(7);

    /// <summary>What an acknowledgement outlives. Default <see cref="EmbeddedDurability.Full"/>.</summary>
    public EmbeddedDurability Durability { get; set; } = EmbeddedDurability.Full;

    /// <summary>How long records are kept after they were appended, where their topic does not say.
    /// Default 7 days; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</summary>
    public TimeSpan Retention { get; set; } = DefaultRetention;

    /// <summary>How many bytes of records a partition keeps at most; null (default) without limit.</summary>
    public long? RetentionBytes { get; set; }

    /// <summary>The largest record in bytes, where its topic does not say. Default 1,048,588, as Kafka's.</summary>
    public long MaxRecordBytes { get; set; } = DefaultMaxRecordBytes;

    /// <summary>How often waiting readers look for what other processes appended. Default 10 ms. Appends of the same process
    /// are noticed at once.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>How long a write waits for another process's write to end. Default 10 s.</summary>
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Largest size of the file in pages, read whenever the writer opens it: a full disk, for tests.</summary>
    internal long? MaxPages { get; set; }

    internal void Validate()
    {
        ThrowIf(MaxRecordBytes is < 1 or > LargestMaxRecordBytes, nameof(MaxRecordBytes), $"from 1 to {LargestMaxRecordBytes}");
        ThrowIf(Retention != Timeout.InfiniteTimeSpan && Retention < TimeSpan.Zero, nameof(Retention), "not negative, or infinite");
        ThrowIf(RetentionBytes < 0, nameof(RetentionBytes), "not negative, or null");
        ThrowIf(PollInterval <= TimeSpan.Zero, nameof(PollInterval), "positive");
        ThrowIf(LockTimeout <= TimeSpan.Zero, nameof(LockTimeout), "positive");
    }

    private static void ThrowIf(bool broken, string option, string rule)
    {
        if (broken)
        {
            throw new ArgumentException($"{nameof(EmbeddedLogOptions)}.{option} must be {rule}.", option);
        }
    }
}
