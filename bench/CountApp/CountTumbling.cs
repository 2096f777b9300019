using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Bench.CountApp;

/// <summary>How many records every key has had per minute.</summary>
public sealed class CountTumbling
{
    private readonly StreamProcessor _processor = WindowedCounts.Tumbling();

    /// <summary>From <c>windows-input</c> to <c>windows-tumbling</c>.</summary>
    [Function(nameof(CountTumbling))]
    [KafkaOutput("%BrokerList%", "windows-tumbling")]
    public async Task<OutputRecord[]> RunAsync(
        [KafkaTrigger("%BrokerList%", "windows-input", ConsumerGroup = "count-tumbling", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => (await _processor.RunAsync(records, context)).ToArray();
}
