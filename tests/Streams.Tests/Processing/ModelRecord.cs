using System.Text;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Tests.Processing;

/// <summary>A record as the LINQ reference sees it.</summary>
internal readonly record struct ModelRecord(int Key, long Value, long Timestamp, string Headers)
{
    public static ModelRecord Of(in InputRecord input) =>
        new(Serdes.Int32.Deserialize(input.Key), Serdes.Int64.Deserialize(input.Value), input.Timestamp, Show(input.Headers));

    public static ModelRecord Of(OutputRecord output) =>
        new(Serdes.Int32.Deserialize(output.Key), Serdes.Int64.Deserialize(output.Value), output.Timestamp, Show(output.Headers));

    private static string Show(RecordHeader[] headers) =>
        string.Concat(headers.Where(header => header.Key != HeaderNames.Identity)
            .Select(header => $"{header.Key}={Encoding.UTF8.GetString(header.Value ?? [])};"));
}
