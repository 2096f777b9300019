using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Testing.Tests;

/// <summary>A pipeline with its input, to be run with and without trouble.</summary>
/// <param name="name">Its name.</param>
/// <param name="build">Adds its functions; the input is <c>in</c>.</param>
/// <param name="outputs">Its last topics.</param>
/// <param name="stores">Its stores.</param>
internal sealed class Scenario(string name, Action<PipelineTestBuilder> build, string[] outputs, string[] stores)
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
        new("pipeline", Pipeline, ["out"], ["sums", "latest", "groups"]),
    ];

    public override string ToString() => name;

    public static Scenario Of(string name) => All.Single(scenario => scenario.ToString() == name);

    public PipelineTest Create(bool foldBatch, Action<PipelineTestBuilder>? configure = null) => PipelineTest.Create(builder =>
    {
        builder.FoldBatch = foldBatch;
        build(builder);
        configure?.Invoke(builder);
    });

    /// <summary>Pipes the input in two parts, so that there is something before and something after most troubles.</summary>
    public async Task<Outcome> RunAsync(PipelineTest test)
    {
        var input = test.Input("in", Serdes.Utf8, Serdes.Int64, autoAdvance: TimeSpan.FromSeconds(1));
        var records = Input.Select(record => ((string?)record.Key, record.Value)).ToArray();
        await input.PipeAsync(records[..5], TestContext.Current.CancellationToken);
        await input.PipeAsync(records[5..], TestContext.Current.CancellationToken);
        return Outcome.Of(test, outputs, stores);
    }

    private static void Branches(PipelineTestBuilder builder) => builder.Add(
        "Sort", Processors.Sort(), "in", new Dictionary<string, string> { ["Even"] = "even", ["Odd"] = "odd" });

    private static void Pipeline(PipelineTestBuilder builder)
    {
        builder.Add("Double", Processors.Double(), "in", "doubled")
            .Add("Sum", Processors.Sum(), "doubled", "totals")
            .Add("Regroup", Processors.RegroupByKey(), "totals", "out");
    }
}
