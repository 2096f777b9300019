namespace KafkaFunctions.Streams.Telemetry;

/// <summary>Kinds of requests to the storage of state, as metrics and spans name them.</summary>
public static class StorageOperation
{
    /// <summary>Reads rows by key: one, or several where the storage can.</summary>
    public const string Read = "read";

    /// <summary>Reads a page of a range of rows.</summary>
    public const string Query = "query";

    /// <summary>Writes rows of a bucket, one or several in a transaction.</summary>
    public const string Write = "write";

    /// <summary>Lists, creates or deletes stores, or looks at what they say of themselves.</summary>
    public const string Admin = "admin";
}
