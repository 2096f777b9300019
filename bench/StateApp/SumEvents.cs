using System.Globalization;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Bench.StateApp;

/// <summary>The sum of the numbers of each key: one counted twice, or lost, shows.</summary>
public sealed class SumEvents
{
    private readonly StreamProcessor _processor = KStream
        .From(Serdes.Utf8, Serdes.Utf8)
        .GroupByKey(Serdes.Utf8)
        .Aggregate(() => 0L, (_, value, sum) => sum + long.Parse(value!.AsSpan(0, value!.IndexOf(';')), CultureInfo.InvariantCulture), "state-sums", Serdes.Int64)
        .ToStream()
        .To(Serdes.Utf8, Serdes.Int64);

    /// <summary>From <c>state-numbered</c> to <c>state-summed</c>.</summary>
    [Function(nameof(SumEvents))]
    [KafkaOutput("%BrokerList%", "state-summed")]
    public async Task<OutputRecord[]> RunAsync(
        [KafkaTrigger("%BrokerList%", "state-numbered", ConsumerGroup = "%SumGroup%", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => (await _processor.RunAsync(records, context)).ToArray();
}
