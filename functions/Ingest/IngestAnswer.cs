using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace KafkaFunctions.App.Ingest;

/// <summary>An answer of ingest.</summary>
internal static class IngestAnswer
{
    private const int RetryAfterSeconds = 5;

    /// <summary>All records are published.</summary>
    public static IActionResult Published(string topic, IngestBatch batch) =>
        new Json<IngestReceipt>(
            StatusCodes.Status200OK, IngestReceipt.Of(topic, batch.Records), AppJson.Wire.IngestReceipt, "application/json; charset=utf-8");

    /// <summary>The records are not published.</summary>
    public static IActionResult Rejected(IngestRejectedException rejection) =>
        new Json<IngestProblem>(
            rejection.Status, IngestProblem.Of(rejection), AppJson.Wire.IngestProblem, "application/problem+json");

    private sealed class Json<T>(int status, T value, JsonTypeInfo<T> typeInfo, string contentType) : IActionResult
    {
        public Task ExecuteResultAsync(ActionContext context)
        {
            var response = context.HttpContext.Response;
            response.StatusCode = status;
            if (status == StatusCodes.Status503ServiceUnavailable)
            {
                response.Headers[HeaderNames.RetryAfter] = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            }

            return response.WriteAsJsonAsync(value, typeInfo, contentType, context.HttpContext.RequestAborted);
        }
    }
}
