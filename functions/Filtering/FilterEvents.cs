using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.Filtering;

/// <summary>Passes on the events whose value contains the condition, as they are.</summary>
public sealed class FilterEvents(FilterCondition condition)
{
    private readonly StreamProcessor _processor = KStream
        .From(Serdes.Bytes, Serdes.Bytes)
        .Filter((_, value) => condition.IsMetBy(value))
        .To(Serdes.Bytes, Serdes.Bytes);

    /// <summary>From <c>input-topic</c> to <c>output-topic</c>.</summary>
    [Function(nameof(FilterEvents))]
    [KafkaOutput("%BrokerList%", Topics.Output)]
    public OutputRecord[] Run(
        [KafkaTrigger("%BrokerList%", Topics.Input, ConsumerGroup = "filter-events", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => _processor.Run(records, context).ToArray();
}
