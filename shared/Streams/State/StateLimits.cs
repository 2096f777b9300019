namespace KafkaFunctions.Streams.State;

/// <summary>Limits that every store keeps, so that what runs on one runs on the others. They are Azure Tables', less room for
/// what the adapter adds. Source: "Understanding the Table service data model" and "Performing entity group transactions".</summary>
public static class StateLimits
{
    /// <summary>Most rows of one transaction: operations of an entity group transaction.</summary>
    public const int MaxRowsPerTransaction = 100;

    /// <summary>Most bytes of keys and values in one transaction. Azure's 4 MiB count the request as sent, where binary values
    /// are base64: three quarters of it, less what surrounds each of 100 rows.</summary>
    public const int MaxBytesPerTransaction = 2_900_000;

    /// <summary>Most bytes of a row's value. An entity has at most 1 MiB with its names and keys.</summary>
    public const int MaxValueBytes = 960 * 1024;

    /// <summary>Most bytes of a key as it is stored: 1 KiB of UTF-16 is 512 characters, and a byte takes one character (letters
    /// and digits) or three (all others).</summary>
    public const int MaxKeyCharacters = 512;

    /// <summary>Most buckets of a store.</summary>
    public const int MaxBuckets = 4096;

    /// <summary>Buckets of a store that nobody said a number for.</summary>
    public const int DefaultBuckets = 64;

    /// <summary>Longest name of a store; shortest is 3. Azure's table names: letters and digits, the first a letter, 63 at most.
    /// A store's name may also have '-', which the adapter leaves out of the table's name.</summary>
    public const int MaxNameLength = 63;
}
