namespace KafkaFunctions.Embedded.State;

/// <summary>How a <see cref="SqliteStateStorage"/> keeps its rows.</summary>
public sealed class SqliteStateOptions
{
    /// <summary>What an acknowledgement outlives. Default <see cref="EmbeddedDurability.Full"/>.</summary>
    public EmbeddedDurability Durability { get; set; } = EmbeddedDurability.Full;

    /// <summary>How long a write waits for another process's write to end. Default 10 s.</summary>
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Largest size of the file in pages, read whenever the writer opens it: a full disk, for tests.</summary>
    internal long? MaxPages { get; set; }

    internal void Validate()
    {
        if (LockTimeout <= TimeSpan.Zero)
        {
            throw new ArgumentException($"{nameof(SqliteStateOptions)}.{nameof(LockTimeout)} must be positive.", nameof(LockTimeout));
        }
    }
}
