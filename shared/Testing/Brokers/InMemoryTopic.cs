using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Testing.Brokers;

/// <summary>A topic in memory.</summary>
internal sealed class InMemoryTopic
{
    public InMemoryTopic(string name, int partitions)
    {
        Name = name;
        Partitions = new List<KafkaRecord>[partitions];
        for (var i = 0; i < partitions; i++)
        {
            Partitions[i] = [];
        }
    }

    public string Name { get; }

    public List<KafkaRecord>[] Partitions { get; }

    /// <summary>All records, as they came.</summary>
    public List<KafkaRecord> Arrived { get; } = [];

    /// <summary>All records, partition by partition.</summary>
    public IEnumerable<KafkaRecord> Records => Partitions.SelectMany(partition => partition);
}
