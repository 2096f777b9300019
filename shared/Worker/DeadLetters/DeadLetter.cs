using System.Globalization;
using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Worker.DeadLetters;

/// <summary>Makes the dead letter of a record: original bytes, key, timestamp and headers, and why it is one.</summary>
internal static class DeadLetter
{
    /// <summary>Longest error message that a header carries; the rest is cut, so that the letter fits its topic.</summary>
    private const int MaxMessageLength = 4096;

    /// <summary>The letter without the error's message: the one header that can be long and that nobody needs to replay it.</summary>
    public static OutputRecord WithoutMessage(OutputRecord letter) => new(letter.Key, letter.Value)
    {
        Timestamp = letter.Timestamp,
        Origin = letter.Origin,
        Headers = Array.FindAll(letter.Headers, header => header.Key != HeaderNames.DeadLetterErrorMessage),
    };

    public static OutputRecord Of(KafkaRecord source, string function, Exception error, int attempts)
    {
        var input = source.ToInputRecord();
        var headers = PlatformHeaders.Without(input.Headers, out var upstream);
        return new OutputRecord(input.Key, input.Value)
        {
            Timestamp = input.Timestamp,
            Origin = new RecordOrigin(input.Partition, input.Offset, 0, upstream),
            Headers =
            [
                .. headers,
                .. ReasonOf(function, error),
                RecordHeader.FromText(HeaderNames.DeadLetterTopic, input.Topic),
                RecordHeader.FromText(HeaderNames.DeadLetterPartition, input.Partition.ToString(CultureInfo.InvariantCulture)),
                RecordHeader.FromText(HeaderNames.DeadLetterOffset, input.Offset.ToString(CultureInfo.InvariantCulture)),
                RecordHeader.FromText(HeaderNames.DeadLetterAttempts, attempts.ToString(CultureInfo.InvariantCulture)),
            ],
        };
    }

    /// <summary>The letter of a result that no single record triggered: there is no position of a source.</summary>
    public static OutputRecord OfResult(OutputRecord result, string function, Exception error) => new(result.Key, result.Value)
    {
        Timestamp = result.Timestamp,
        Origin = result.Origin,
        Headers = [.. result.Headers, .. ReasonOf(function, error)],
    };

    /// <summary>The letter without its value, where that is what its topic does not take.</summary>
    public static OutputRecord WithoutValue(OutputRecord letter) => new(letter.Key, null)
    {
        Timestamp = letter.Timestamp,
        Origin = letter.Origin,
        Headers = letter.Headers,
    };

    private static RecordHeader[] ReasonOf(string function, Exception error) =>
    [
        RecordHeader.FromText(HeaderNames.DeadLetterFunction, function),
        RecordHeader.FromText(HeaderNames.DeadLetterErrorType, TypeOf(error)),
        RecordHeader.FromText(HeaderNames.DeadLetterErrorMessage, error.Message.Length <= MaxMessageLength ? error.Message : error.Message[..MaxMessageLength]),
    ];

    private static string TypeOf(Exception error) => error is RecordFailedBeforeException { ErrorType.Length: > 0 } before
        ? before.ErrorType
        : error.GetType().FullName ?? error.GetType().Name;
}
