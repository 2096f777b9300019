using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Bench.CountApp;

/// <summary>How many records every key has had.</summary>
public sealed class CountKeys
{
    private readonly StreamProcessor _processor = KStream
        .From(Serdes.Utf8, Serdes.Bytes)
        .GroupByKey(Serdes.Utf8)
        .Count("count-keys")
        .ToStream()
        .To(Serdes.Utf8, Serdes.Int64);

    /// <summary>From <c>count-input</c> to <c>count-output</c>.</summary>
    [Function(nameof(CountKeys))]
    [KafkaOutput("%BrokerList%", "count-output")]
    public async Task<OutputRecord[]> RunAsync(
        [KafkaTrigger("%BrokerList%", "count-input", ConsumerGroup = "count-keys", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => (await _processor.RunAsync(records, context)).ToArray();
}
