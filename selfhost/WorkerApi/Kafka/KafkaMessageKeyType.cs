namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a record's key is read as.</summary>
public enum KafkaMessageKeyType
{
    /// <summary>A 32-bit integer.</summary>
    Int = 0,

    /// <summary>A 64-bit integer.</summary>
    Long = 1,

    /// <summary>UTF-8 text.</summary>
    String = 2,

    /// <summary>Raw bytes.</summary>
    Binary = 3,
}
