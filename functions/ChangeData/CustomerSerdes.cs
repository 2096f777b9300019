using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.App.ChangeData;

/// <summary>How the change log of customers is read, and its table stored. Safe for concurrent use.</summary>
internal static class CustomerSerdes
{
    /// <summary>The customer's id as text.</summary>
    public static ISerde<string?> Key => ChangeKeySerde.Instance;

    /// <summary>The customer; null where the row is gone.</summary>
    public static ISerde<Customer?> Change { get; } = new ChangeSerde<Customer>(AppJson.Wire.Customer);
}
