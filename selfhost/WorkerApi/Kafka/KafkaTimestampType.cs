namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a record's timestamp means.</summary>
public enum KafkaTimestampType
{
    /// <summary>Not known.</summary>
    NotAvailable = 0,

    /// <summary>Set by the producer.</summary>
    CreateTime = 1,

    /// <summary>Set by the broker.</summary>
    LogAppendTime = 2,
}
