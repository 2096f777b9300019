using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.Iot;

/// <summary>Keeps the last reading of each sensor, by the time of measuring; of two of the same time, the one that came last.</summary>
public sealed class LatestReadings
{
    internal static readonly StreamProcessor Processor = KStream
        .From(Serdes.Bytes, SensorReadingSerde.Instance)
        .GroupBy((_, reading) => reading.Key, Serdes.Required(Serdes.Utf8))
        .Reduce((last, reading) => reading.Time >= last.Time ? reading : last, Stores.LatestReadings, SensorReadingSerde.Instance)
        .To(Serdes.Required(Serdes.Utf8), SensorReadingSerde.Instance);

    /// <summary>From <c>iot-readings</c> to <c>latest-readings</c>, by <c>device/sensor</c>.</summary>
    [Function(nameof(LatestReadings))]
    [KafkaOutput("%BrokerList%", Topics.LatestReadings)]
    public async Task<OutputRecord[]> Run(
        [KafkaTrigger("%BrokerList%", Topics.Readings, ConsumerGroup = "latest-readings", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => (await Processor.RunAsync(records, context)).ToArray();
}
