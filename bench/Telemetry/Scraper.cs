namespace KafkaFunctions.Bench.Telemetry;

/// <summary>Reads an app's metrics every few seconds, as Prometheus does.</summary>
internal sealed class Scraper : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _scraping;

    /// <param name="app">Address of the app.</param>
    public Scraper(Uri app) => _scraping = ScrapeAsync(new Uri(app, "metrics"));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _scraping;
        _stop.Dispose();
        _http.Dispose();
    }

    private async Task ScrapeAsync(Uri metrics)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await _http.GetStringAsync(metrics, _stop.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or HttpRequestException)
        {
            // The lap is over.
        }
    }
}
