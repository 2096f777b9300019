using System.Globalization;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Worker.Tests.State;

/// <summary>Counts what <see cref="WordFunctions"/> makes of lines; "poison" cannot be counted.</summary>
internal sealed class CountFunctions
{
    private static readonly StreamProcessor Counts = KStream.From(Serdes.Utf8, Serdes.Utf8)
        .GroupBy((_, word) => word, Serdes.Utf8)
        .Aggregate(
            () => 0L,
            (_, word, count) => word == "poison" ? throw new FormatException("not to be counted") : count + 1,
            "word-counts",
            Serdes.Int64)
        .ToStream()
        .MapValues(count => count.ToString(CultureInfo.InvariantCulture))
        .To(Serdes.Utf8, Serdes.Utf8!);

    [Function("Count")]
    [KafkaOutput("%BrokerList%", "counts")]
    public static async Task<OutputRecord[]> Count(
        [KafkaTrigger("%BrokerList%", "words", ConsumerGroup = "count", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)] KafkaRecord[] records,
        FunctionContext context) => (await Counts.RunAsync(records, context)).ToArray();
}
