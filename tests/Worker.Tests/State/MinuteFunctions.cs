using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Windows;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Worker.Tests.State;

/// <summary>Counts records per key and minute.</summary>
internal sealed class MinuteFunctions
{
    private static readonly StreamProcessor Counts = KStream.From(Serdes.Utf8, Serdes.Utf8)
        .GroupByKey(Serdes.Utf8)
        .WindowedBy(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)).WithGrace(TimeSpan.FromDays(1)))
        .Count("minute-counts")
        .To(Serdes.WindowedJson(Serdes.Utf8), Serdes.Int64);

    [Function("Minutes")]
    [KafkaOutput("%BrokerList%", "minute-counts")]
    public static async Task<OutputRecord[]> Minutes(
        [KafkaTrigger("%BrokerList%", "events", ConsumerGroup = "minutes", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)] KafkaRecord[] records,
        FunctionContext context) => (await Counts.RunAsync(records, context)).ToArray();
}
