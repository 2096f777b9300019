using KafkaFunctions.App.ChangeData;
using KafkaFunctions.App.Iot;
using KafkaFunctions.App.Orders;
using KafkaFunctions.App.WebAnalytics;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Testing.Tests;

/// <summary>A pipeline with its input, to be run with and without trouble.</summary>
/// <param name="name">Its name.</param>
/// <param name="build">Adds its functions; the input is <c>in</c>.</param>
/// <param name="outputs">Its last topics.</param>
/// <param name="stores">Its stores.</param>
/// <param name="pipe">Pipes its input in parts, so that there is something before and something after most troubles; null for
/// <c>in</c>.</param>
internal sealed class Scenario(string name, Action<PipelineTestBuilder> build, string[] outputs, string[] stores, Func<PipelineTest, Task>? pipe = null)
{
    private static readonly (string Key, long Value)[] Input =
        [("a", 11), ("b", 22), ("a", 32), ("c", 41), ("b", 51), ("a", 62), ("d", 71), ("c", 82), ("a", 91)];

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("stateless", builder => builder.Add("Double", Processors.Double(), "in", "out"), ["out"], []),
        new("branches", Branches, ["even", "odd"], []),
        new("aggregate", builder => builder.Add("Sum", Processors.Sum(), "in", "out"), ["out"], ["sums"]),
        new("process", builder => builder.Add("Number", Processors.Number(), "in", "out"), ["out"], ["numbers"]),
        new("regroup", builder => builder.Add("Regroup", Processors.Regroup(), "in", "out"), ["out"], ["latest", "groups"]),
        new("held windows", builder => Held(builder, Processors.HoldWindows()), ["out"], []),
        new("held sessions", builder => Held(builder, Processors.HoldSessions()), ["out"], []),
        new("pipeline", Pipeline, ["out"], ["sums", "latest", "groups"]),
        new("shipped web logs", WebLogs, ["page-views-bots", "page-views-errors", "page-view-totals"], ["page-view-totals"], PipeWebLogs),
        new("shipped readings", builder => builder.Add<LatestReadings>(), ["latest-readings"], ["latest-readings"], PipeReadings),
        new("shipped orders", builder => builder.Add<TrackCustomers>().Add<EnrichOrders>(), ["orders-enriched"], ["customers"], PipeOrders),
    ];

    public override string ToString() => name;

    public static Scenario Of(string name) => All.Single(scenario => scenario.ToString() == name);

    public PipelineTest Create(bool foldBatch, Action<PipelineTestBuilder>? configure = null) => PipelineTest.Create(builder =>
    {
        builder.FoldBatch = foldBatch;
        build(builder);
        configure?.Invoke(builder);
    });

    public async Task<Outcome> RunAsync(PipelineTest test)
    {
        await (pipe ?? PipeNumbers)(test);
        return Outcome.Of(test, outputs, stores);
    }

    private static async Task PipeNumbers(PipelineTest test)
    {
        var input = test.Input("in", Serdes.Utf8, Serdes.Int64, autoAdvance: TimeSpan.FromSeconds(1));
        var records = Input.Select(record => ((string?)record.Key, record.Value)).ToArray();
        await input.PipeAsync(records[..5]);
        await input.PipeAsync(records[5..]);
    }

    private static void Branches(PipelineTestBuilder builder) => builder.Add(
        "Sort", Processors.Sort(), "in", new Dictionary<string, string> { ["Even"] = "even", ["Odd"] = "odd" });

    private static void Held(PipelineTestBuilder builder, StreamProcessor processor)
    {
        // Each bucket is a step when what is due is looked for.
        builder.Settings["State__Buckets"] = "3";
        builder.Add("Hold", processor, "in", "out");
    }

    private static void Pipeline(PipelineTestBuilder builder)
    {
        builder.Add("Double", Processors.Double(), "in", "doubled")
            .Add("Sum", Processors.Sum(), "doubled", "totals")
            .Add("Regroup", Processors.RegroupByKey(), "totals", "out");
    }

    private static void WebLogs(PipelineTestBuilder builder) => builder.Add<ParseWebLogs>().Add<RoutePageViews>().Add<CountPageViews>();

    private static async Task PipeWebLogs(PipelineTest test)
    {
        var logs = test.Input("web-logs", Serdes.Utf8, Serdes.Utf8);
        await logs.PipeAsync([(null, Line("/", 200, "Mozilla/5.0")), (null, "nonsense"), (null, Line("/a", 200, "Googlebot/2.1"))]);
        await logs.PipeAsync([(null, Line("/", 503, "Mozilla/5.0")), (null, Line("/", 200, "Mozilla/5.0")), (null, Line("/a", 404, "Mozilla/5.0"))]);
    }

    private static string Line(string path, int status, string agent) =>
        $"192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET {path} HTTP/1.0\" {status} 2326 \"-\" \"{agent}\"";

    private static async Task PipeReadings(PipelineTest test)
    {
        var readings = test.Input("iot-readings", Serdes.Utf8, Serdes.Utf8);
        await readings.PipeAsync([(null, Reading("a", 1)), (null, Reading("b", 2)), (null, Reading("a", 3)), (null, "{}")]);
        await readings.PipeAsync([(null, Reading("a", 2)), (null, Reading("b", 5))]);
    }

    private static string Reading(string device, int second) =>
        $$"""{"device":"{{device}}","sensor":"t","value":{{second}},"time":"2024-01-01T00:00:0{{second}}Z"}""";

    private static async Task PipeOrders(PipelineTest test)
    {
        var customers = test.Input("shop.public.customers", Serdes.Utf8, Serdes.Utf8);
        var orders = test.Input("orders", Serdes.Utf8, Serdes.Utf8);
        await customers.PipeAsync([("""{"id":1}""", """{"id":1,"name":"Ada","email":"a@example.com"}"""), ("""{"id":2}""", """{"id":2,"name":"Bob","email":"b@example.com"}""")]);
        await orders.PipeAsync([("o1", Order("o1", 1)), ("o2", Order("o2", 3))]);
        await customers.PipeAsync([("""{"id":2}""", null), ("""{"id":1}""", """{"id":1,"name":"Ada L.","email":"a@example.com"}""")]);
        await orders.PipeAsync([("o3", Order("o3", 1)), ("o4", Order("o4", 2))]);
    }

    private static string Order(string id, int customer) =>
        $$"""{"orderId":"{{id}}","customerId":{{customer}},"total":10.5,"time":"2024-01-01T00:00:00Z"}""";
}
