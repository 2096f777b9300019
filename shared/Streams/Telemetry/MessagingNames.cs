namespace KafkaFunctions.Streams.Telemetry;

/// <summary>Names of OpenTelemetry's conventions for messaging, in one place: they are still in development.</summary>
public static class MessagingNames
{
    /// <summary>Which broker: <see cref="Kafka"/> or <see cref="Embedded"/>.</summary>
    public const string System = "messaging.system";

    /// <summary>A Kafka broker.</summary>
    public const string Kafka = "kafka";

    /// <summary>The embedded log.</summary>
    public const string Embedded = "embedded";

    /// <summary>What is done, as the span's name begins.</summary>
    public const string OperationName = "messaging.operation.name";

    /// <summary>Which of the conventions' kinds of operation that is.</summary>
    public const string OperationType = "messaging.operation.type";

    /// <summary>Publishing records.</summary>
    public const string Send = "send";

    /// <summary>Taking records from the broker.</summary>
    public const string Poll = "poll";

    /// <summary>Processing records.</summary>
    public const string Process = "process";

    /// <summary>The topic.</summary>
    public const string Topic = "messaging.destination.name";

    /// <summary>The partition, as text.</summary>
    public const string Partition = "messaging.destination.partition.id";

    /// <summary>The consumer group.</summary>
    public const string ConsumerGroup = "messaging.consumer.group.name";

    /// <summary>Number of records.</summary>
    public const string MessageCount = "messaging.batch.message_count";

    /// <summary>A record's offset.</summary>
    public const string Offset = "messaging.kafka.offset";

    /// <summary>Full name of the type of the error that ended something; absent where it went well.</summary>
    public const string ErrorType = "error.type";

    /// <summary>Name of the function.</summary>
    public const string Function = "faas.name";
}
