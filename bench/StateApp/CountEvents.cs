using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Bench.StateApp;

/// <summary>How many events every key has had: an output per key and batch.</summary>
public sealed class CountEvents
{
    private readonly StreamProcessor _processor = KStream
        .From(Serdes.Utf8, Serdes.Utf8)
        .GroupByKey(Serdes.Utf8)
        .Count("state-counts")
        .ToStream()
        .To(Serdes.Utf8, Serdes.Int64);

    /// <summary>From <c>state-input</c> to <c>state-counted</c>.</summary>
    [Function(nameof(CountEvents))]
    [KafkaOutput("%BrokerList%", "state-counted")]
    public async Task<OutputRecord[]> RunAsync(
        [KafkaTrigger("%BrokerList%", "state-input", ConsumerGroup = "%CountGroup%", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => (await _processor.RunAsync(records, context)).ToArray();
}
