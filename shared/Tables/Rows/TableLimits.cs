using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Tables;

/// <summary>Azure Tables' limits. Sources: "Understanding the Table service data model", "Performing entity group transactions"
/// and "Scalability and performance targets for Table storage" of Microsoft's documentation. What a caller can exceed is checked
/// before a call by <see cref="StateRules"/>, whose <see cref="StateLimits"/> lie within these.</summary>
internal static class TableLimits
{
    /// <summary>Most operations of a transaction, all of one partition, each of another entity.</summary>
    public const int MaxOperations = 100;

    /// <summary>Most bytes of a transaction as it is sent.</summary>
    public const int MaxPayloadBytes = 4 * 1024 * 1024;

    /// <summary>Most bytes of an entity with its names and keys.</summary>
    public const int MaxEntityBytes = 1024 * 1024;

    /// <summary>Most bytes of a binary property.</summary>
    public const int MaxPropertyBytes = 64 * 1024;

    /// <summary>Most properties of an entity, with PartitionKey, RowKey and Timestamp.</summary>
    public const int MaxProperties = 255;

    /// <summary>Most characters of a row key: 1 KiB of UTF-16.</summary>
    public const int MaxKeyCharacters = 512;

    /// <summary>Most rows of an answer to a query.</summary>
    public const int MaxPageRows = 1000;

    /// <summary>Longest name of a table: letters and digits, the first a letter.</summary>
    public const int MaxTableNameLength = 63;
}
