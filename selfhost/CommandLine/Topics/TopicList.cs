using System.Globalization;
using System.Text.Json;
using KafkaFunctions.SelfHost.CommandLine.Output;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.SelfHost.CommandLine.Topics;

/// <summary>Lists the topics with their offsets.</summary>
internal sealed class TopicList(ITopicClient topics, CommandConsole console)
{
    /// <summary>Topics asked at once, so that a far broker does not cost a round trip per topic.</summary>
    private const int AskedAtOnce = 16;

    /// <summary>Partitions whose offsets a row of the table shows.</summary>
    private const int PartitionsShown = 8;

    public async Task<int> RunAsync(bool asJson, CancellationToken cancellationToken)
    {
        var summaries = await ReadAsync(cancellationToken);
        if (asJson)
        {
            using var writer = new JsonLineWriter(console.Output);
            foreach (var summary in summaries)
            {
                writer.Write(summary, WriteJson);
            }
        }
        else if (summaries.Count == 0)
        {
            console.Error.WriteLine("There are no topics. Create one: topics create NAME");
        }
        else
        {
            PlainTable.Write(console.Output, [new("Topic"), new("Partitions", true), new("Records", true), new("Offsets")], summaries.Select(Row));
        }

        return ExitStatus.Done;
    }

    private async Task<List<TopicSummary>> ReadAsync(CancellationToken cancellationToken)
    {
        var summaries = new List<TopicSummary>();
        foreach (var some in (await topics.ListAsync(cancellationToken)).Chunk(AskedAtOnce))
        {
            summaries.AddRange((await Task.WhenAll(some.Select(topic => SummarizeAsync(topic, cancellationToken)))).OfType<TopicSummary>());
        }

        return summaries;
    }

    private async Task<TopicSummary?> SummarizeAsync(TopicDescription topic, CancellationToken cancellationToken)
    {
        try
        {
            return new TopicSummary(topic.Name, topic.Partitions, await topics.GetOffsetsAsync(topic.Name, cancellationToken));
        }
        catch (TopicNotFoundException)
        {
            // Deleted since it was listed.
            return null;
        }
    }

    private static string[] Row(TopicSummary topic)
    {
        var offsets = string.Join(", ", topic.Offsets.Take(PartitionsShown).Select(range => $"{range.Start}-{range.End}"));
        return
        [
            topic.Name,
            topic.Partitions.ToString(CultureInfo.InvariantCulture),
            topic.Records.ToString(CultureInfo.InvariantCulture),
            topic.Offsets.Count > PartitionsShown ? $"{offsets}, ... ({topic.Offsets.Count - PartitionsShown} more; all with --json)" : offsets,
        ];
    }

    private static void WriteJson(Utf8JsonWriter json, TopicSummary topic)
    {
        json.WriteStartObject();
        json.WriteString("name", topic.Name);
        json.WriteNumber("partitions", topic.Partitions);
        json.WriteNumber("records", topic.Records);
        json.WriteStartArray("offsets");
        foreach (var range in topic.Offsets)
        {
            json.WriteStartObject();
            json.WriteNumber("partition", range.Partition);
            json.WriteNumber("start", range.Start);
            json.WriteNumber("end", range.End);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
