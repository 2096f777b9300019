using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Worker.Tests.State;

/// <summary>The right side of a join.</summary>
internal sealed class JoinRight
{
    private static readonly StreamProcessor Processor = KStream.From(Serdes.Utf8, Serdes.Utf8).AsRightOf(JoinFunctions.Join).To(Serdes.Utf8, Serdes.Utf8!);

    [Function(nameof(JoinRight))]
    [KafkaOutput("%BrokerList%", "joined")]
    public static async Task<OutputRecord[]> Run(
        [KafkaTrigger("%BrokerList%", "rights", ConsumerGroup = "join-right", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)] KafkaRecord[] records,
        FunctionContext context) => (await Processor.RunAsync(records, context)).ToArray();
}
