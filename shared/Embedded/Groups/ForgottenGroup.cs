using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Embedded.Groups;

/// <summary>A group without offsets; the lease keeps others away.</summary>
internal sealed class ForgottenGroup(GroupLease lease, bool hadOffsets) : IForgottenGroup
{
    public bool HadOffsets => hadOffsets;

    public Task<bool> IsUntouchedAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    public ValueTask DisposeAsync()
    {
        lease.Dispose();
        return ValueTask.CompletedTask;
    }
}
