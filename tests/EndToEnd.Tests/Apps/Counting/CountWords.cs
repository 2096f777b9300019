using System.Globalization;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Counting;

/// <summary>Counts records by their value.</summary>
public sealed class CountWords
{
    private readonly StreamProcessor _processor = KStream
        .From(Serdes.Bytes, Serdes.Utf8)
        .GroupBy((_, word) => word, Serdes.Utf8)
        .Count("word-counts")
        .ToStream()
        .MapValues(count => count.ToString(CultureInfo.InvariantCulture))
        .To(Serdes.Utf8, Serdes.Utf8!);

    /// <summary>From <c>words</c> to <c>word-totals</c>.</summary>
    [Function(nameof(CountWords))]
    [KafkaOutput("%BrokerList%", "word-totals")]
    public async Task<OutputRecord[]> RunAsync(
        [KafkaTrigger("%BrokerList%", "words", ConsumerGroup = "count-words", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => (await _processor.RunAsync(records, context)).ToArray();
}
