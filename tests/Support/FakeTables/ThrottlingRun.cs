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

    public TimeSpan Measured { get; init; } = TimeSpan.FromSeconds(6);

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
        var (clock, before, refusedBefore) = (Stopwatch.StartNew(), service.Accepted, service.Refused);
        await Task.Delay(Measured, cancellationToken);
        var rate = (service.Accepted - before) / clock.Elapsed.TotalSeconds;
        var refused = service.Refused - refusedBefore;
        await stop.CancelAsync();
        var acknowledged = (await Task.WhenAll(writers)).Sum();
        var stored = Enumerable.Range(0, Buckets).Sum(bucket => service.CountRows(new StateBucket(bucket).ToString()));
        return new ThrottlingResult(rate, refused, acknowledged, stored);
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
