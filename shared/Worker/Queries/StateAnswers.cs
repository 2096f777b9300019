using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Queries;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace KafkaFunctions.Worker.Queries;

/// <summary>Answers of queries. Clients rely on their names.</summary>
internal static class StateAnswers
{
    private const string Json = "application/json; charset=utf-8";
    private const string Problem = "application/problem+json";
    private const int RetryAfterSeconds = 5;

    // No escapes that only HTML needs.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IActionResult Entry(StoreDefinition store, StateEntry entry, bool keyAsBase64) =>
        new JsonAnswer(StatusCodes.Status200OK, Json, Write(json => StateEntryJson.Write(json, entry, store, keyAsBase64: keyAsBase64)));

    public static IActionResult Windows(StoreDefinition store, byte[] key, StatePage page, bool keyAsBase64) =>
        new JsonAnswer(
            StatusCodes.Status200OK,
            Json,
            Write(json => StateEntryJson.WriteWindows(json, key, page.Entries, store, KeyCodec.WriteContinuation(page), keyAsBase64)));

    public static IActionResult Page(StoreDefinition store, StatePage page, bool keyAsBase64) =>
        new JsonAnswer(StatusCodes.Status200OK, Json, Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("store", store.Name);
            json.WriteStartArray("entries");
            foreach (var entry in page.Entries)
            {
                StateEntryJson.Write(json, entry, store, withStore: false, keyAsBase64);
            }

            json.WriteEndArray();
            json.WriteString("continuation", KeyCodec.WriteContinuation(page));
            json.WriteEndObject();
        }));

    /// <summary>What a client is told where there is no answer (RFC 9457).</summary>
    public static IActionResult Refusal(int status, string detail, string? code = null) =>
        new JsonAnswer(
            status,
            Problem,
            Write(json =>
            {
                json.WriteStartObject();
                json.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
                json.WriteNumber("status", status);
                json.WriteString("detail", detail);
                if (code is not null)
                {
                    json.WriteString("code", code);
                }

                json.WriteEndObject();
            }),
            status == StatusCodes.Status503ServiceUnavailable ? RetryAfterSeconds : null);

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes, WriterOptions);
        write(json);
        json.Flush();
        return bytes.WrittenMemory;
    }
}
