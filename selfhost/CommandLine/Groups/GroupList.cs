using System.Globalization;
using System.Text.Json;
using KafkaFunctions.SelfHost.CommandLine.Output;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.SelfHost.CommandLine.Groups;

/// <summary>Lists how far the functions have come in their topics.</summary>
internal sealed class GroupList(ITopicClient topics, IConsumerGroupCatalog catalog, CommandConsole console)
{
    private static readonly TableColumn[] Columns =
    [
        new("Function"), new("Group"), new("Topic"), new("Partition", true), new("Committed", true), new("End", true), new("Lag", true),
    ];

    public async Task<int> RunAsync(bool asJson, CancellationToken cancellationToken)
    {
        var rows = new List<(FunctionConsumer Consumer, PartitionLag Lag)>();
        foreach (var consumer in catalog.Consumers)
        {
            try
            {
                rows.AddRange((await ConsumerLag.ReadAsync(topics, consumer.ConsumerGroup, consumer.Topic, cancellationToken)).Select(lag => (consumer, lag)));
            }
            catch (TopicNotFoundException missing)
            {
                console.Error.WriteLine($"{consumer.Function}: {missing.Message}");
            }
        }

        if (catalog.Consumers.Count == 0)
        {
            console.Error.WriteLine("No function reads a topic.");
        }

        Write(rows, asJson);
        return ExitStatus.Done;
    }

    private void Write(List<(FunctionConsumer Consumer, PartitionLag Lag)> rows, bool asJson)
    {
        if (asJson)
        {
            using var writer = new JsonLineWriter(console.Output);
            rows.ForEach(row => writer.Write(row, WriteJson));
        }
        else if (rows.Count > 0)
        {
            PlainTable.Write(console.Output, Columns, rows.Select(row => Row(row.Consumer, row.Lag)));
        }
    }

    private static string[] Row(FunctionConsumer consumer, PartitionLag lag) =>
    [
        consumer.Function,
        consumer.ConsumerGroup,
        consumer.Topic,
        lag.Partition.ToString(CultureInfo.InvariantCulture),
        lag.Committed?.ToString(CultureInfo.InvariantCulture) ?? "-",
        lag.End.ToString(CultureInfo.InvariantCulture),
        lag.Lag.ToString(CultureInfo.InvariantCulture),
    ];

    private static void WriteJson(Utf8JsonWriter json, (FunctionConsumer Consumer, PartitionLag Lag) row)
    {
        json.WriteStartObject();
        json.WriteString("function", row.Consumer.Function);
        json.WriteString("group", row.Consumer.ConsumerGroup);
        json.WriteString("topic", row.Consumer.Topic);
        json.WriteNumber("partition", row.Lag.Partition);
        if (row.Lag.Committed is { } committed)
        {
            json.WriteNumber("committed", committed);
        }
        else
        {
            json.WriteNull("committed");
        }

        json.WriteNumber("end", row.Lag.End);
        json.WriteNumber("lag", row.Lag.Lag);
        json.WriteEndObject();
    }
}
