using System.Diagnostics;
using System.Globalization;
using System.Text;
using Azure.Core.Pipeline;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Tables;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.TestSupport;

/// <summary>Writers without a pause against a throttling service: what gets through per second once it has settled, and whether
/// anything fails or is lost.</summary>
internal sealed class ThrottlingRun(FakeTableService service, ILogger<AzureTableStateStorage> logger)
{
    public int Buckets { get; init; } = 1;

    public int WritersPerBucket { get; init; } = 4;

    public int RowsPerTransaction { get; init; } = StateLimits.MaxRowsPerTransaction;

    /// <summary>Time that is not measured.</summary>
    public TimeSpan Settling { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Time of one measurement.</summary>
    public TimeSpan Measured { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>The run ends with the first measurement between these rates, or with the third.</summary>
    public (double From, double To) Expected { get; init; }

    public async Task<ThrottlingResult> RunAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient(service, disposeHandler: false);
        await using var storage = new AzureTableStateStorage(
            [TableAccount.FromConnectionString(FakeTableService.ConnectionString)],
            new TableStateOptions { MaxConcurrentRequests = 256 },
            logger,
            null,
            new HttpClientTransport(client));
        var store = await storage.OpenAsync("throttled", cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writers = Enumerable.Range(0, Buckets * WritersPerBucket)
            .Select(writer => Task.Run(() => WriteAsync(store, new StateBucket(writer % Buckets), writer, stop.Token), cancellationToken))
            .ToArray();

        await Task.Delay(Settling, cancellationToken);
        var rate = await MeasureAsync(cancellationToken);
        for (var again = 0; again < 2 && (rate < Expected.From || rate > Expected.To); again++)
        {
            rate = await MeasureAsync(cancellationToken);
        }

        await stop.CancelAsync();
        var acknowledged = (await Task.WhenAll(writers)).Sum();
        var stored = Enumerable.Range(0, Buckets).Sum(bucket => service.CountRows(new StateBucket(bucket).ToString()));
        return new ThrottlingResult(rate, service.Refused, acknowledged, stored);
    }

    private async Task<double> MeasureAsync(CancellationToken cancellationToken)
    {
        var (clock, before) = (Stopwatch.StartNew(), service.Accepted);
        await Task.Delay(Measured, cancellationToken);
        return (service.Accepted - before) / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Inserts rows until stopped, and then ends the transaction in hand.</summary>
    private async Task<long> WriteAsync(IStateStore store, StateBucket bucket, int writer, CancellationToken stop)
    {
        var rows = 0L;
        var value = new byte[100];
        while (!stop.IsCancellationRequested)
        {
            var first = rows;
            await store.WriteAsync(
                bucket,
                [.. Enumerable.Range(0, RowsPerTransaction).Select(i => new StateWrite(KeyOf(writer, first + i), value, null))],
                CancellationToken.None);
            rows += RowsPerTransaction;
        }

        return rows;
    }

    private static StateKey KeyOf(int writer, long row) => new(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{writer}w{row}")));
}
