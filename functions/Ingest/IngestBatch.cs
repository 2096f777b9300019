using System.Text;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using Microsoft.AspNetCore.Http;

namespace KafkaFunctions.App.Ingest;

/// <summary>The records of a request.</summary>
internal sealed class IngestBatch
{
    private const string KeyFieldParameter = "keyField";
    private const string KeyHeader = "X-Record-Key";

    private readonly ReadOnlyMemory<byte> _body;
    private readonly List<BodyRecord> _parts;

    private IngestBatch(ReadOnlyMemory<byte> body, List<BodyRecord> parts, byte[]? key, RecordHeader[] headers)
    {
        _body = body;
        _parts = parts;
        Records = parts.ConvertAll(part => new OutputRecord(part.Key ?? key, part.Value) { Headers = headers });
    }

    /// <summary>The records in the order of the body.</summary>
    public IReadOnlyList<OutputRecord> Records { get; }

    /// <summary>Reads a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">Its limits.</param>
    /// <param name="traceParent">The trace that the records belong to; null or empty for none.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="IngestRejectedException">Something about the request is wrong.</exception>
    public static async Task<IngestBatch> ReadAsync(
        HttpRequest request, IngestOptions options, string? traceParent, CancellationToken cancellationToken)
    {
        var format = BodyFormats.Of(request.ContentType);
        var keyField = KeyFieldOf(request);
        var key = KeyOf(request);
        if (keyField is not null && key is not null)
        {
            throw BadRequest($"The key comes either from {KeyFieldParameter} or from {KeyHeader}, not from both.");
        }

        var body = await RequestBody.ReadAsync(request, options.MaxBodyBytes, cancellationToken);
        var records = RecordBodyReader.Read(body.Span, format ?? BodyFormats.Sniff(body.Span), keyField, options.MaxRecords);
        return new IngestBatch(body, records, key, HeadersOf(traceParent));
    }

    /// <summary>Refuses the batch where a record is larger than the topic takes.</summary>
    /// <exception cref="IngestRejectedException">A record is too large.</exception>
    public void CheckSizes(string topic, long maxRecordBytes)
    {
        for (var i = 0; i < Records.Count; i++)
        {
            if (RecordSize.Of(Records[i]) > maxRecordBytes)
            {
                throw new IngestRejectedException(
                    StatusCodes.Status413PayloadTooLarge,
                    $"Nothing was published. Record {i} is wrong: it has {RecordSize.Of(Records[i])} bytes, and topic '{topic}' takes records of at most {maxRecordBytes} bytes.",
                    PositionOf(i));
            }
        }
    }

    /// <summary>Where in the body a record begins.</summary>
    public BodyPosition PositionOf(int index) => BodyPosition.Of(_body.Span, index, _parts[index].ByteOffset);

    private static KeyField? KeyFieldOf(HttpRequest request) =>
        !request.Query.TryGetValue(KeyFieldParameter, out var path) ? null
        : KeyField.Parse(path.ToString()) ?? throw BadRequest($"The {KeyFieldParameter} '{path}' is no path. Give names separated by dots, such as user.id.");

    private static byte[]? KeyOf(HttpRequest request) =>
        request.Headers.TryGetValue(KeyHeader, out var key) ? Encoding.UTF8.GetBytes(key.ToString()) : null;

    private static RecordHeader[] HeadersOf(string? traceParent)
    {
        var headers = TraceHeaders.OfCurrentActivity();
        return headers.Length > 0 || string.IsNullOrEmpty(traceParent) ? headers : [RecordHeader.FromText(HeaderNames.TraceParent, traceParent)];
    }

    private static IngestRejectedException BadRequest(string detail) => new(StatusCodes.Status400BadRequest, detail);
}
