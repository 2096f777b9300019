using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace KafkaFunctions.App.Ingest;

/// <summary>Takes a request's body apart into records: all of them, or none and the place of the first that is wrong.</summary>
internal ref struct RecordBodyReader
{
    /// <summary>Deepest nesting of a body. An attacker's brackets must not cost more than that.</summary>
    public const int MaxDepth = 64;

    private const byte LineFeed = (byte)'\n';

    private readonly ReadOnlySpan<byte> _body;
    private readonly KeyField? _keyField;
    private readonly int _maxRecords;
    private readonly List<BodyRecord> _records = [];

    private RecordBodyReader(ReadOnlySpan<byte> body, KeyField? keyField, int maxRecords)
    {
        _body = body;
        _keyField = keyField;
        _maxRecords = maxRecords;
    }

    /// <summary>How JSON is read: strictly.</summary>
    public static JsonReaderOptions JsonOptions => new() { MaxDepth = MaxDepth };

    /// <summary>What may stand between the tokens of JSON.</summary>
    public static ReadOnlySpan<byte> JsonSpace => " \t\r\n"u8;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    /// <summary>Reads the records. Empty lines are none.</summary>
    /// <param name="body">The body in UTF-8, with or without a byte order mark.</param>
    /// <param name="format">How it holds its records.</param>
    /// <param name="keyField">The field that is a record's key; null for none.</param>
    /// <param name="maxRecords">The most records it may have.</param>
    /// <exception cref="IngestRejectedException">A record is wrong, or there are none or too many.</exception>
    public static List<BodyRecord> Read(ReadOnlySpan<byte> body, BodyFormat format, KeyField? keyField, int maxRecords)
    {
        if (format == BodyFormat.Text && keyField is not null)
        {
            throw new IngestRejectedException(
                StatusCodes.Status400BadRequest,
                "Text lines have no key field. Send JSON, or the key in the X-Record-Key header.");
        }

        var reader = new RecordBodyReader(body, keyField, maxRecords);
        var start = body.Length - WithoutByteOrderMark(body).Length;
        if (format == BodyFormat.Json)
        {
            reader.ReadDocument(start);
        }
        else
        {
            reader.ReadLines(start, format == BodyFormat.NdJson);
        }

        return reader._records.Count > 0
            ? reader._records
            : throw new IngestRejectedException(StatusCodes.Status400BadRequest, "The body has no records.");
    }

    /// <summary>The body without the mark that some editors and tools put before UTF-8.</summary>
    public static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> body) =>
        body.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body;

    private readonly void ReadLines(int start, bool areJson)
    {
        while (start < _body.Length)
        {
            var length = _body[start..].IndexOf(LineFeed);
            var end = length < 0 ? _body.Length : start + length;
            var line = areJson ? Trim(start, end) : start..(end > start && _body[end - 1] == '\r' ? end - 1 : end);
            if (line.Start.Value < line.End.Value)
            {
                if (areJson)
                {
                    CheckDocument(line);
                }

                Add(line);
            }

            start = end + 1;
        }
    }

    private readonly Range Trim(int start, int end)
    {
        var line = _body[start..end];
        var first = line.IndexOfAnyExcept(JsonSpace);
        return first < 0 ? start..start : (start + first)..(start + line.LastIndexOfAnyExcept(JsonSpace) + 1);
    }

    private readonly void CheckDocument(Range document)
    {
        var reader = new Utf8JsonReader(_body[document], JsonOptions);
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (JsonException exception)
        {
            throw Malformed(exception, document.Start.Value);
        }
    }

    private readonly void ReadDocument(int start)
    {
        var document = Trim(start, _body.Length);
        start = document.Start.Value;
        if (document.End.Value == start)
        {
            return;
        }

        var reader = new Utf8JsonReader(_body[document], JsonOptions);
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    AddValue(ref reader, start);
                }
            }
            else
            {
                AddValue(ref reader, start);
            }

            // Finds whatever stands behind the document.
            reader.Read();
        }
        catch (JsonException exception)
        {
            throw Malformed(exception, start);
        }
    }

    private readonly void AddValue(ref Utf8JsonReader reader, int start)
    {
        var from = start + (int)reader.TokenStartIndex;
        reader.Skip();
        Add(from..(start + (int)reader.BytesConsumed));
    }

    private readonly void Add(Range range)
    {
        var start = range.Start.Value;
        if (_records.Count == _maxRecords)
        {
            throw new IngestRejectedException(
                StatusCodes.Status413PayloadTooLarge,
                $"The body has more than {_maxRecords} records (Ingest:MaxRecords). Send them in several requests.",
                Position(start));
        }

        var value = _body[range];
        if (!Utf8.IsValid(value))
        {
            throw Bad("it is not valid UTF-8", start + ValidLength(value));
        }

        var key = default(byte[]?);
        if (_keyField is not null && _keyField.Read(value, out key) is { } reason)
        {
            throw Bad(reason, start);
        }

        _records.Add(new BodyRecord(key, value.ToArray(), start));
    }

    private static int ValidLength(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        while (Rune.DecodeFromUtf8(bytes[length..], out _, out var consumed) == OperationStatus.Done)
        {
            length += consumed;
        }

        return length;
    }

    private readonly IngestRejectedException Malformed(JsonException exception, int start)
    {
        // The parser counts lines and bytes from 0, and from where it began.
        for (var line = exception.LineNumber; line > 0; line--)
        {
            start += _body[start..].IndexOf(LineFeed) + 1;
        }

        var at = Math.Clamp(start + (int)(exception.BytePositionInLine ?? 0), 0, _body.Length);
        var ending = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var reason = ending < 0 ? exception.Message : exception.Message[..ending];
        return Bad($"it is not valid JSON: {reason}", at, exception);
    }

    private readonly IngestRejectedException Bad(string reason, int at, Exception? cause = null) =>
        new(StatusCodes.Status400BadRequest, $"Nothing was published. Record {_records.Count} is wrong: {reason}", Position(at), cause);

    private readonly BodyPosition Position(int at) => BodyPosition.Of(_body, _records.Count, at);
}
