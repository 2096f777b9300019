using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Bench.CountApp;

/// <summary>How many records every key has had in five minutes, anew each minute.</summary>
public sealed class CountHopping
{
    private readonly StreamProcessor _processor = WindowedCounts.Hopping();

    /// <summary>From <c>windows-input</c> to <c>windows-hopping</c>.</summary>
    [Function(nameof(CountHopping))]
    [KafkaOutput("%BrokerList%", "windows-hopping")]
    public async Task<OutputRecord[]> RunAsync(
        [KafkaTrigger("%BrokerList%", "windows-input", ConsumerGroup = "count-hopping", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => (await _processor.RunAsync(records, context)).ToArray();
}
