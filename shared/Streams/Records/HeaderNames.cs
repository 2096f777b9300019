namespace KafkaFunctions.Streams.Records;

/// <summary>Names of the headers that this platform writes. They are a wire format: never renamed.</summary>
public static class HeaderNames
{
    /// <summary>Identity of a published record (see <see cref="Identity.RecordIdentity"/>).</summary>
    public const string Identity = "kf-identity";

    /// <summary>Version of a table's row that several instances write: of two records of a key, the one with the higher version
    /// is the newer (decimal digits).</summary>
    public const string Version = "kf-version";

    /// <summary>On a late record: how long its window had been closed, in milliseconds of stream time (decimal digits).</summary>
    public const string LateBy = "kf-late-by";

    /// <summary>On a final result: what closed the window, where it was not a later record.</summary>
    public const string ClosedBy = "kf-closed-by";

    /// <summary>Value of <see cref="ClosedBy"/>: no record had come for a while.</summary>
    public const string ClosedByIdleness = "idle";

    /// <summary>W3C trace context, passed on from an input record to its outputs.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>Vendor part of the W3C trace context, passed on with <see cref="TraceParent"/>.</summary>
    public const string TraceState = "tracestate";

    /// <summary>Prefix of every header that a dead letter carries beside the original ones.</summary>
    public const string DeadLetterPrefix = "kf-dlq-";

    /// <summary>Dead letter: the function that could not process the record.</summary>
    public const string DeadLetterFunction = DeadLetterPrefix + "function";

    /// <summary>Dead letter: full name of the error's type.</summary>
    public const string DeadLetterErrorType = DeadLetterPrefix + "error-type";

    /// <summary>Dead letter: the error's message.</summary>
    public const string DeadLetterErrorMessage = DeadLetterPrefix + "error-message";

    /// <summary>Dead letter: topic that the record was read from.</summary>
    public const string DeadLetterTopic = DeadLetterPrefix + "topic";

    /// <summary>Dead letter: partition that the record was read from.</summary>
    public const string DeadLetterPartition = DeadLetterPrefix + "partition";

    /// <summary>Dead letter: offset that the record was read from.</summary>
    public const string DeadLetterOffset = DeadLetterPrefix + "offset";

    /// <summary>Dead letter: how often the record was tried.</summary>
    public const string DeadLetterAttempts = DeadLetterPrefix + "attempts";
}
