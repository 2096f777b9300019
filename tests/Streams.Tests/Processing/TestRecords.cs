using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Tests.Processing;

internal static class TestRecords
{
    public static InputRecord Input(long offset, int key, long value, params RecordHeader[] headers) =>
        new("input", 3, offset, Serdes.Int32.Serialize(key), Serdes.Int64.Serialize(value), 1_000 + offset, headers);

    public static InputRecord Text(long offset, string? key, string? value, params RecordHeader[] headers) =>
        new("input", 3, offset, Serdes.Utf8.Serialize(key), Serdes.Utf8.Serialize(value), 1_000 + offset, headers);

    /// <summary>One record for each text, keyed "k", at the offsets 0, 1, 2 …</summary>
    public static InputRecord[] Texts(params string?[] values) => [.. values.Select((value, i) => Text(i, "k", value))];

    public static KStream<string?, string?> TextStream() => KStream.From(Serdes.Utf8, Serdes.Utf8);

    public static StreamProcessor ToText(this KStream<string?, string?> stream, string output = StreamProcessor.ReturnOutput) =>
        stream.To(Serdes.Utf8, Serdes.Utf8, output);

    public static StreamResult Run(this StreamProcessor processor, params InputRecord[] batch) => processor.Run(batch, record => record);

    /// <summary>The records of an output as "key=value".</summary>
    public static string[] Shown(this StreamResult result, string output = StreamProcessor.ReturnOutput) =>
        [.. result[output].Select(record => $"{Serdes.Utf8.Deserialize(record.Key)}={Serdes.Utf8.Deserialize(record.Value)}")];
}
