using System.Globalization;
using KafkaFunctions.Streams;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Worker.Catalog;

namespace KafkaFunctions.Worker.Lag;

/// <summary>Reads the lag of every function of the app, whether it runs here, elsewhere or nowhere.</summary>
internal sealed class LagReader(FunctionCatalog catalog, ITopicClient topics)
{
    /// <returns>What is known, and why the rest is not; one after the other, as none of it is urgent.</returns>
    public async Task<(IReadOnlyList<LagReading> Readings, KafkaFunctionsException? Error)> ReadAsync(CancellationToken cancellationToken)
    {
        var readings = new List<LagReading>();
        KafkaFunctionsException? error = null;
        foreach (var topic in catalog.Consumers.Where(function => function.Trigger!.ConsumerGroup.Length > 0).GroupBy(function => function.Trigger!.Topic))
        {
            try
            {
                readings.AddRange(await ReadAsync(topic.Key, [.. topic], cancellationToken).ConfigureAwait(false));
            }
            catch (BrokerUnavailableException unavailable)
            {
                // Nor will it answer for the others.
                return (readings, unavailable);
            }
            catch (KafkaFunctionsException failed)
            {
                error ??= failed;
            }
        }

        return (readings, error);
    }

    private async Task<List<LagReading>> ReadAsync(string topic, FunctionEntry[] functions, CancellationToken cancellationToken)
    {
        // Committed first: read the other way round, a function could seem to be ahead of the end.
        var committed = new List<IReadOnlyList<CommittedOffset>>();
        foreach (var function in functions)
        {
            committed.Add(await topics.GetCommittedAsync(function.Trigger!.ConsumerGroup, topic, cancellationToken).ConfigureAwait(false));
        }

        var offsets = await topics.GetOffsetsAsync(topic, cancellationToken).ConfigureAwait(false);
        return
        [
            .. from pair in functions.Zip(committed)
               from partition in ConsumerLag.Of(pair.Second, offsets)
               select new LagReading(TagsOf(pair.First, partition.Partition), partition.Lag, partition.Committed),
        ];
    }

    private static KeyValuePair<string, object?>[] TagsOf(FunctionEntry function, int partition) =>
    [
        new("function", function.Name),
        new("group", function.Trigger!.ConsumerGroup),
        new("topic", function.Trigger.Topic),
        new("partition", partition.ToString(CultureInfo.InvariantCulture)),
    ];
}
