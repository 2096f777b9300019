using Confluent.Kafka;

namespace KafkaFunctions.Kafka.Native;

/// <summary>What <see cref="NativeProducer.Poll"/> tells, on the polling thread.</summary>
internal interface INativeProducerEvents
{
    void OnDelivered(nint opaque, int partition, long offset);

    void OnRefused(string topic, ErrorCode code, string reason);

    void OnError(ErrorCode code, string reason, bool fatal);

    void OnLog(int level, string client, string facility, string line);

    void OnTokenWanted();
}
