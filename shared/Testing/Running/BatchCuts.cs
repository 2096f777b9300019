using KafkaFunctions.Testing.Instances;

namespace KafkaFunctions.Testing.Running;

/// <summary>Says in which order partitions take their turns, and how many records a batch has: all there are, in a fixed order; or by
/// chance from a seed.</summary>
internal sealed class BatchCuts(int maxBatchSize, int? seed)
{
    private readonly Random? _random = seed is { } value ? new Random(value) : null;

    public int Of(int lag)
    {
        var most = Math.Min(lag, maxBatchSize);
        return _random?.Next(1, most + 1) ?? most;
    }

    public (TestFunction Function, int Partition)[] InTurn(IReadOnlyList<(TestFunction Function, int Partition)> partitions)
    {
        var turns = partitions.ToArray();
        _random?.Shuffle(turns);
        return turns;
    }
}
