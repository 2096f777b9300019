using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Worker.Tests.State;

/// <summary>The left side of a join.</summary>
internal sealed class JoinLeft
{
    private static readonly StreamProcessor Processor = KStream.From(Serdes.Utf8, Serdes.Utf8).AsLeftOf(JoinFunctions.Join).To(Serdes.Utf8, Serdes.Utf8!);

    [Function(nameof(JoinLeft))]
    [KafkaOutput("%BrokerList%", "joined")]
    public static async Task<OutputRecord[]> Run(
        [KafkaTrigger("%BrokerList%", "lefts", ConsumerGroup = "join-left", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)] KafkaRecord[] records,
        FunctionContext context) => (await Processor.RunAsync(records, context)).ToArray();
}
