using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.Workload;

namespace KafkaFunctions.Bench.Chain;

/// <summary>Posts web-log lines to IngestEvents: most requests with a key for their lines, some without.</summary>
internal sealed class HttpFeeder(AppProcess app, WebLogWorkload lines)
{
    private const int LinesPerRequest = 500;
    private const int KeylessShare = 4;
    private static readonly HttpClient Http = new();

    /// <summary>Posts lines, in the order of their numbers.</summary>
    /// <param name="first">The first number.</param>
    /// <param name="end">The number after the last.</param>
    /// <param name="run">Told of progress.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task FeedAsync(int first, int end, BenchRun run, CancellationToken cancellationToken)
    {
        for (var start = first; start < end; start += LinesPerRequest)
        {
            await PostAsync(start, Math.Min(end, start + LinesPerRequest), cancellationToken);
            run.Progress(() => Report.Invariant($"posted {start - first:N0} of {end - first:N0} lines"));
        }
    }

    private async Task PostAsync(int start, int end, CancellationToken cancellationToken)
    {
        var body = string.Join('\n', Enumerable.Range(start, end - start).Select(lines.CreateLine));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Address, $"api/ingest/{lines.Topic}"))
        {
            Content = new StringContent(body, Encoding.UTF8, "text/plain"),
        };
        request.Headers.Add("x-functions-key", AppLauncher.FunctionKey);
        var number = start / LinesPerRequest;
        if (number % KeylessShare != 0)
        {
            request.Headers.Add("X-Record-Key", Report.Invariant($"batch-{number % 50}"));
        }

        using var response = await Http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new RunFailedException($"Ingest answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }

        var receipt = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        var count = receipt.GetProperty("count").GetInt32();
        if (count != end - start)
        {
            throw new RunFailedException($"Ingest acknowledged {count} of {end - start} lines.");
        }
    }
}
