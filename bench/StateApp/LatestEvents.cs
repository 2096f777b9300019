using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Bench.StateApp;

/// <summary>The latest numbered event of each key.</summary>
public sealed class LatestEvents
{
    private readonly StreamProcessor _processor = KStream
        .From(Serdes.Utf8, Serdes.Utf8)
        .ToTable(Serdes.Utf8, Serdes.Utf8, "state-latest")
        .ToStream()
        .To(Serdes.Utf8, Serdes.Utf8);

    /// <summary>From <c>state-numbered</c> to <c>state-changed</c>.</summary>
    [Function(nameof(LatestEvents))]
    [KafkaOutput("%BrokerList%", "state-changed")]
    public async Task<OutputRecord[]> RunAsync(
        [KafkaTrigger("%BrokerList%", "state-numbered", ConsumerGroup = "%LatestGroup%", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => (await _processor.RunAsync(records, context)).ToArray();
}
