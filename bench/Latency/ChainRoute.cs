using System.Text;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.Workload;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Bench.Latency;

/// <summary>Over HTTP through IngestEvents, ParseWebLogs and RoutePageViews.</summary>
internal sealed class ChainRoute(AppProcess app, int seed) : IRoute
{
    private static readonly HttpClient Http = new();
    private readonly WebLogWorkload _lines = new(seed);
    private int _next;

    public string Output => Pipeline.Clean;

    public int NextId()
    {
        WebLogEntry line;
        do
        {
            line = _lines.Describe(++_next);
        }
        while (line.Malformed || line.Destination != Pipeline.Clean);

        return _next;
    }

    public async Task SendAsync(int id, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Address, $"api/ingest/{_lines.Topic}"))
        {
            Content = new StringContent(_lines.CreateLine(id), Encoding.UTF8, "text/plain"),
        };
        request.Headers.Add("x-functions-key", AppLauncher.FunctionKey);
        using var response = await Http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new RunFailedException($"Ingest answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }

    public int FindId(in InputRecord record) => Marks.FindInValue(record.Value);
}
