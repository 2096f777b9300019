using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.Iot;

/// <summary>Gives readings their sensor as key and the time of measuring as event time, for windows.</summary>
public sealed class KeyReadings
{
    internal static readonly StreamProcessor Processor = KStream
        .From(Serdes.Bytes, SensorReadingSerde.Instance)
        .MapRecord(record => record.WithKey(record.Value.Key).WithTimestamp(record.Value.Time))
        .To(Serdes.Utf8!, SensorReadingSerde.Instance);

    /// <summary>From <c>iot-readings</c> to <c>iot-readings-by-sensor</c>, by <c>device/sensor</c>.</summary>
    [Function(nameof(KeyReadings))]
    [KafkaOutput("%BrokerList%", Topics.ReadingsBySensor)]
    public OutputRecord[] Run(
        [KafkaTrigger("%BrokerList%", Topics.Readings, ConsumerGroup = "key-readings", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => Processor.Run(records, context).ToArray();
}
