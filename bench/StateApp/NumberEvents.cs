using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Bench.StateApp;

/// <summary>Numbers the events of each key: an output for each.</summary>
public sealed class NumberEvents
{
    private readonly StreamProcessor _processor = KStream
        .From(Serdes.Utf8, Serdes.Utf8)
        .GroupByKey(Serdes.Utf8)
        .Process<long, string?>(
            (_, last, record, emitter) =>
            {
                emitter.Emit($"{last + 1};{record.Value}");
                return last + 1;
            },
            "state-numbers",
            Serdes.Int64,
            Serdes.Utf8)
        .To(Serdes.Utf8, Serdes.Utf8);

    /// <summary>From <c>state-input</c> to <c>state-numbered</c>.</summary>
    [Function(nameof(NumberEvents))]
    [KafkaOutput("%BrokerList%", "state-numbered")]
    public async Task<OutputRecord[]> RunAsync(
        [KafkaTrigger("%BrokerList%", "state-input", ConsumerGroup = "%NumberGroup%", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => (await _processor.RunAsync(records, context)).ToArray();
}
