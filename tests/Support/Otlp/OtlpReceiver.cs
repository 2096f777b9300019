using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.TestSupport.Otlp;

/// <summary>Takes telemetry by OTLP over HTTP, as a collector does, and keeps it in memory. Safe for concurrent use.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<OtlpSpan> _spans = new();
    private readonly ConcurrentDictionary<string, long> _bytes = new(StringComparer.Ordinal);
    private readonly WebApplication _web;
    private readonly bool _keeps;

    private OtlpReceiver(WebApplication web, bool keeps)
    {
        _web = web;
        _keeps = keeps;
    }

    /// <summary>Settings by which an app sends everything here, soon.</summary>
    public IReadOnlyDictionary<string, string?> AppSettings => new Dictionary<string, string?>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _web.Urls.First(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
    };

    /// <summary>The spans so far.</summary>
    public IReadOnlyCollection<OtlpSpan> Spans => _spans;

    /// <summary>Bytes received of a signal: <c>traces</c>, <c>metrics</c> or <c>logs</c>.</summary>
    public long BytesOf(string signal) => _bytes.GetValueOrDefault(signal);

    /// <summary>Starts it on a free port.</summary>
    /// <param name="keeps">Whether spans are kept; else their bytes are only counted.</param>
    public static async Task<OtlpReceiver> StartAsync(bool keeps = true)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new OtlpReceiver(builder.Build(), keeps);
        receiver._web.MapPost("/v1/{signal}", (RequestDelegate)receiver.TakeAsync);
        await receiver._web.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        var signal = (string)http.Request.RouteValues["signal"]!;
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        _bytes.AddOrUpdate(signal, body.Length, (_, before) => before + body.Length);
        if (_keeps && signal == "traces")
        {
            OtlpTraces.Read(body.ToArray()).ForEach(_spans.Enqueue);
        }

        // An empty answer of its kind: all was taken.
        http.Response.ContentType = "application/x-protobuf";
    }
}
