using System.Text;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.WebAnalytics;

/// <summary>Makes lines of access logs page views, at the time of the request.</summary>
public sealed class ParseWebLogs
{
    internal static readonly StreamProcessor Processor = KStream
        .From(Serdes.Bytes, AccessLogSerde.Instance)
        .MapRecord(line => line
            .WithKey(line.Key ?? Encoding.UTF8.GetBytes(line.Value.Host))
            .WithTimestamp(line.Value.Time))
        .To(Serdes.Required(Serdes.Bytes), Serdes.Required(Serdes.Json(AppJson.Wire.PageView)));

    /// <summary>From <c>web-logs</c> to <c>page-views</c>; a line that is malformed becomes a dead letter.</summary>
    [Function(nameof(ParseWebLogs))]
    [KafkaOutput("%BrokerList%", Topics.PageViews)]
    public OutputRecord[] Run(
        [KafkaTrigger("%BrokerList%", Topics.WebLogs, ConsumerGroup = "parse-web-logs", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => Processor.Run(records, context).ToArray();
}
