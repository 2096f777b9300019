using Confluent.Kafka;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Kafka.Native;

/// <summary>Takes what <see cref="FetchedRecords"/> finds, in order.</summary>
internal interface INativeConsumerEvents
{
    void OnRecord(in InputRecord record);

    /// <summary>The consumer has trouble; records may follow.</summary>
    void OnError(ErrorCode code, string reason);
}
