using System.Net;
using System.Text;

namespace KafkaFunctions.Client.Tests;

/// <summary>An app that answers as a test says.</summary>
internal sealed class FakeApp : HttpMessageHandler
{
    private readonly Queue<Func<HttpResponseMessage>> _answers = new();

    /// <summary>What was asked for: path and query.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>The function keys that were shown.</summary>
    public List<string?> Keys { get; } = [];

    public FakeApp Answers(string body, HttpStatusCode status = HttpStatusCode.OK, int? retryAfter = null)
    {
        _answers.Enqueue(() =>
        {
            var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            if (retryAfter is { } seconds)
            {
                response.Headers.Add("Retry-After", $"{seconds}");
            }

            return response;
        });
        return this;
    }

    public FakeApp Fails(Exception error)
    {
        _answers.Enqueue(() => throw error);
        return this;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked.Add(request.RequestUri!.PathAndQuery);
        Keys.Add(request.Headers.TryGetValues("x-functions-key", out var keys) ? keys.Single() : null);
        return Task.FromResult(_answers.Dequeue()());
    }
}
