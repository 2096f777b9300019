using KafkaFunctions.Simulation.Scheduling;

namespace KafkaFunctions.Simulation.Checks;

/// <summary>Adds everything that a world holds at its end to its trace.</summary>
internal static class Fingerprint
{
    public static void Add(Trace trace, World world)
    {
        foreach (var topic in world.Broker.Topics)
        {
            foreach (var record in topic.Records)
            {
                trace.Add(record.Key);
                trace.Add(record.Value);
                foreach (var header in record.Headers)
                {
                    trace.Add(header.Value);
                }
            }
        }

        foreach (var store in StoredRows.Stores(world))
        {
            foreach (var row in StoredRows.All(world, store))
            {
                trace.Add(row.Key.Bytes);
                trace.Add(row.Value);
            }
        }
    }
}
