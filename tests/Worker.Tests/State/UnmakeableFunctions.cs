using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Worker.Tests.State;

/// <summary>Its class cannot be created.</summary>
internal sealed class UnmakeableFunctions
{
    private readonly StreamProcessor _counts = KStream.From(Serdes.Utf8, Serdes.Utf8).GroupByKey(Serdes.Utf8).Count("never-seen").ToStream().To(Serdes.Utf8, Serdes.Int64);

    public UnmakeableFunctions() => throw new InvalidOperationException("made to fail");

    [Function("Unmakeable")]
    [KafkaOutput("%BrokerList%", "unmakeable-totals")]
    public OutputRecord[] Run(
        [KafkaTrigger("%BrokerList%", "unmakeable", ConsumerGroup = "unmakeable", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)] KafkaRecord[] records) =>
        _counts.Run(records, record => new InputRecord(record.Topic, record.Partition, record.Offset, null, null, 0, [])).ToArray();
}
