using KafkaFunctions.SelfHost.Telemetry;
using KafkaFunctions.Streams.Brokers.Consuming;

namespace KafkaFunctions.SelfHost.KafkaTrigger;

/// <summary>Counts a function's partitions, and tells another observer.</summary>
internal sealed class PartitionCounter : IAssignmentObserver
{
    private readonly HostInstruments _instruments;
    private readonly string _function;
    private readonly IAssignmentObserver? _next;

    /// <param name="instruments">Counts.</param>
    /// <param name="function">The function.</param>
    /// <param name="next">Told, too; null for nobody.</param>
    public PartitionCounter(HostInstruments instruments, string function, IAssignmentObserver? next)
    {
        _instruments = instruments;
        _function = function;
        _next = next;
        instruments.Announce(function);
    }

    public void Assigned(IReadOnlyList<int> partitions)
    {
        _instruments.PartitionsChanged(_function, partitions.Count);
        _next?.Assigned(partitions);
    }

    public void Revoked(IReadOnlyList<int> partitions)
    {
        _instruments.PartitionsChanged(_function, -partitions.Count);
        _next?.Revoked(partitions);
    }
}
