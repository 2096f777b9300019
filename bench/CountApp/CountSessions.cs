using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Bench.CountApp;

/// <summary>How many records every key has had per session.</summary>
public sealed class CountSessions
{
    private readonly StreamProcessor _processor = WindowedCounts.Sessions();

    /// <summary>From <c>windows-input</c> to <c>windows-sessions</c>.</summary>
    [Function(nameof(CountSessions))]
    [KafkaOutput("%BrokerList%", "windows-sessions")]
    public async Task<OutputRecord[]> RunAsync(
        [KafkaTrigger("%BrokerList%", "windows-input", ConsumerGroup = "count-sessions", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => (await _processor.RunAsync(records, context)).ToArray();
}
