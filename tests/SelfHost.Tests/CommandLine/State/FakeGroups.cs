using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.SelfHost.Tests.CommandLine.State;

/// <summary>Consumer groups of a test, and what was done to them.</summary>
internal sealed class FakeGroups : IConsumerGroupClient
{
    /// <summary>Groups with offsets.</summary>
    public HashSet<string> Committed { get; } = [];

    /// <summary>Groups with members.</summary>
    public HashSet<string> InUse { get; } = [];

    /// <summary>Groups that are kept from others.</summary>
    public HashSet<string> Held { get; } = [];

    /// <summary>Whether somebody starts the function while it is reset.</summary>
    public bool IsDisturbed { get; set; }

    public Task<IForgottenGroup> ForgetAsync(string consumerGroup, CancellationToken cancellationToken)
    {
        if (InUse.Contains(consumerGroup))
        {
            throw new ConsumerGroupInUseException(consumerGroup, $"Group '{consumerGroup}' is in use.");
        }

        Held.Add(consumerGroup);
        return Task.FromResult<IForgottenGroup>(new Forgotten(this, consumerGroup, Committed.Remove(consumerGroup)));
    }

    private sealed class Forgotten(FakeGroups groups, string group, bool hadOffsets) : IForgottenGroup
    {
        public bool HadOffsets => hadOffsets;

        public Task<bool> IsUntouchedAsync(CancellationToken cancellationToken) => Task.FromResult(!groups.IsDisturbed);

        public ValueTask DisposeAsync()
        {
            groups.Held.Remove(group);
            return ValueTask.CompletedTask;
        }
    }
}
