using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using KafkaFunctions.App.ChangeData;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Backends;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Client;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Bench.Changes;

/// <summary>The app's functions behind the change log: <c>TrackCustomers</c> keeps the table, <c>EnrichOrders</c> looks into it.</summary>
internal sealed class CustomerFunctions
{
    private const string Store = "customers";
    private const string Enriched = "orders-enriched";
    private const int MostOrders = 2000;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly Stage Track = new("TrackCustomers", DebeziumConnector.Topic, "track-customers");
    private static readonly Stage Orders = new("EnrichOrders", "orders", "enrich-orders");

    private readonly BenchRun _run;
    private readonly KafkaBackend _backend;
    private readonly AppProcess _app;

    private CustomerFunctions(BenchRun run, KafkaBackend backend, AppProcess app)
    {
        _run = run;
        _backend = backend;
        _app = app;
    }

    /// <summary>Creates their topics and starts the app with them alone.</summary>
    public static async Task<CustomerFunctions> StartAsync(BenchRun run, KafkaBackend backend, CancellationToken cancellationToken)
    {
        foreach (var topic in new[] { Track.Topic, Orders.Topic, Enriched })
        {
            await backend.Topics.CreateAsync(new TopicSpecification(topic, TopicSpecification.DefaultPartitions), cancellationToken);
        }

        var settings = new Dictionary<string, string?> { ["DataDirectory"] = run.PathOf("data") };
        var app = new AppLauncher(run, backend).Start([Track.Function, Orders.Function, "QueryState"], settings: settings);
        await app.WaitUntilReadyAsync(cancellationToken);
        return new CustomerFunctions(run, backend, app);
    }

    /// <summary>The table that the app keeps, once it has read the whole log.</summary>
    public async Task<Dictionary<string, Customer>> ReadTableAsync(CancellationToken cancellationToken)
    {
        await FinishAsync(Track, cancellationToken);
        using var http = new HttpClient();
        var client = new StateClient(http, new Uri(_app.Address, "api/"), AppLauncher.FunctionKey);
        var table = new Dictionary<string, Customer>();
        await foreach (var row in client.ListAsync(Store, null, ChangesJson.Default.Customer, cancellationToken))
        {
            table.Add(row.Key, row.Value);
        }

        return table;
    }

    /// <summary>Sends an order of each customer that is there, and of others, and compares what is added to them.</summary>
    /// <returns>The number of orders, and the first one that is wrong; null where none is.</returns>
    public async Task<(int Orders, string? Wrong)> OrderAsync(Dictionary<string, Customer> customers, CancellationToken cancellationToken)
    {
        string[] ids = [.. customers.Keys.Order(StringComparer.Ordinal).Take(MostOrders), "0", "-1", "no-number"];
        await _backend.Publisher.PublishAsync(Orders.Topic, [.. ids.Select(Order)], cancellationToken);
        await FinishAsync(Orders, cancellationToken);

        var missing = ids.ToHashSet(StringComparer.Ordinal);
        await foreach (var record in _backend.Topics.ReadAsync(new ReadRequest(Enriched) { FromBeginning = true, Follow = false }, cancellationToken))
        {
            using var order = JsonDocument.Parse(record.Value);
            var id = order.RootElement.GetProperty("customerId").GetString()!;
            if (!missing.Remove(id) || !IsRight(order.RootElement, customers.GetValueOrDefault(id)))
            {
                return (ids.Length, Encoding.UTF8.GetString(record.Value!));
            }
        }

        return (ids.Length, missing.Count == 0 ? null : $"no order of customer {missing.First()}");
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app.StopAsync(cancellationToken);

    private async Task FinishAsync(Stage stage, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (await Pipeline.LagAsync(_backend.Topics, stage, cancellationToken) is var lag && lag > 0)
        {
            BenchRun.RequireAlive(_app.Process);
            _run.Progress(() => Report.Invariant($"{stage.Function} has {lag:N0} records to read"));
            if (clock.Elapsed > Limit)
            {
                throw new RunFailedException($"{stage.Function} has not read its topic after {Limit.TotalSeconds} s. Its last lines:\n{_app.Process.LogTail()}");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static OutputRecord Order(string customer) => new(
        Encoding.UTF8.GetBytes($"order-of-{customer}"),
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["orderId"] = $"order-of-{customer}",
            ["customerId"] = customer,
            ["total"] = 9.5m,
            ["time"] = DateTimeOffset.UnixEpoch.ToString("o", CultureInfo.InvariantCulture),
        }));

    private static bool IsRight(JsonElement order, Customer? customer) =>
        order.GetProperty("customerFound").GetBoolean() == customer is not null
        && Text(order, "customerName") == customer?.Name
        && Text(order, "email") == customer?.Email
        && Text(order, "country") == customer?.Country;

    private static string? Text(JsonElement order, string name) => order.TryGetProperty(name, out var value) ? value.GetString() : null;
}
