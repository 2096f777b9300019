using Microsoft.AspNetCore.WebUtilities;

namespace KafkaFunctions.App.Ingest;

/// <summary>What a client is told of records that were not published (RFC 9457).</summary>
/// <param name="Title">What the status means.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong and how to mend it.</param>
/// <param name="Index">The first record that is wrong, from 0; null, as the following are, where the body is not to blame.</param>
/// <param name="Line">Its place: the line, from 1.</param>
/// <param name="Column">The byte in the line, from 1.</param>
/// <param name="ByteOffset">The byte in the decompressed body, from 0.</param>
internal sealed record IngestProblem(string Title, int Status, string Detail, int? Index, int? Line, int? Column, int? ByteOffset)
{
    /// <summary>What is told of a rejection.</summary>
    public static IngestProblem Of(IngestRejectedException rejection) => new(
        ReasonPhrases.GetReasonPhrase(rejection.Status),
        rejection.Status,
        rejection.Message,
        rejection.Position?.Index,
        rejection.Position?.Line,
        rejection.Position?.Column,
        rejection.Position?.ByteOffset);
}
