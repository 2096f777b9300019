using System.Globalization;
using KafkaFunctions.Streams.Records;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Testing;

/// <summary>A record that a function could not process, and why. Immutable.</summary>
public sealed class TestDeadLetter
{
    private readonly KafkaRecord _record;

    internal TestDeadLetter(KafkaRecord record) => _record = record;

    /// <summary>The record's bytes of the key; null where it has none.</summary>
    public byte[]? Key => _record.Key;

    /// <summary>The record's bytes of the value; null for a tombstone.</summary>
    public byte[]? Value => _record.Value;

    /// <summary>The record's event time, in milliseconds since 1970-01-01 UTC.</summary>
    public long Timestamp => _record.Timestamp!.UnixTimestampMs;

    /// <summary>All headers, the record's own and those that say why.</summary>
    public IReadOnlyList<RecordHeader> Headers => [.. _record.Headers.Select(header => new RecordHeader(header.Key, header.Value))];

    /// <summary>The function that could not process it.</summary>
    public string Function => Text(HeaderNames.DeadLetterFunction);

    /// <summary>Full name of the error's type.</summary>
    public string ErrorType => Text(HeaderNames.DeadLetterErrorType);

    /// <summary>The error's message; empty where there was no room for it.</summary>
    public string ErrorMessage => Text(HeaderNames.DeadLetterErrorMessage);

    /// <summary>The topic that the record was read from.</summary>
    public string Topic => Text(HeaderNames.DeadLetterTopic);

    /// <summary>The partition that the record was read from.</summary>
    public int Partition => int.Parse(Text(HeaderNames.DeadLetterPartition), CultureInfo.InvariantCulture);

    /// <summary>The record's offset there.</summary>
    public long Offset => long.Parse(Text(HeaderNames.DeadLetterOffset), CultureInfo.InvariantCulture);

    /// <summary>How often the record was tried.</summary>
    public int Attempts => int.Parse(Text(HeaderNames.DeadLetterAttempts), CultureInfo.InvariantCulture);

    private string Text(string header) => Headers.LastOrDefault(other => other.Key == header).ValueAsText ?? "";
}
