using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Windows;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.Iot;

/// <summary>Statistics of what each sensor has measured in five minutes, anew every minute.</summary>
public sealed class DeviceStats
{
    private static readonly TimeWindows FiveMinutes = TimeWindows
        .Hopping(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1))
        .WithGrace(TimeSpan.FromMinutes(1))
        .WithRetention(TimeSpan.FromHours(1));

    internal static readonly StreamProcessor Processor = KStream
        .From(Serdes.Required(Serdes.Utf8), SensorReadingSerde.Instance)
        .GroupByKey(Serdes.Required(Serdes.Utf8))
        .WindowedBy(FiveMinutes)
        .Aggregate(
            () => ReadingStatistics.Empty,
            (_, reading, statistics) => statistics.With(reading.Value),
            Stores.DeviceStats,
            Serdes.Required(Serdes.Json(AppJson.Wire.ReadingStatistics)))
        .MapValues(SensorStatistics.Of)
        .To(Serdes.WindowedJson(Serdes.Required(Serdes.Utf8)), Serdes.Json(AppJson.Wire.SensorStatistics));

    /// <summary>From <c>iot-readings-by-sensor</c> to <c>device-stats</c>.</summary>
    [Function(nameof(DeviceStats))]
    [KafkaOutput("%BrokerList%", Topics.DeviceStats)]
    public async Task<OutputRecord[]> Run(
        [KafkaTrigger("%BrokerList%", Topics.ReadingsBySensor, ConsumerGroup = "device-stats", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => (await Processor.RunAsync(records, context)).ToArray();
}
