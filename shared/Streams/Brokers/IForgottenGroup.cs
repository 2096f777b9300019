namespace KafkaFunctions.Streams.Brokers;

/// <summary>A consumer group whose offsets were deleted.</summary>
public interface IForgottenGroup : IAsyncDisposable
{
    /// <summary>Whether there were offsets to delete.</summary>
    bool HadOffsets { get; }

    /// <summary>Whether nobody has joined the group or committed for it since. What somebody committed is deleted again.</summary>
    Task<bool> IsUntouchedAsync(CancellationToken cancellationToken);
}
