using KafkaFunctions.Simulation.Scheduling;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Worker.Catalog;

namespace KafkaFunctions.Simulation.Pipeline;

/// <summary>The functions of a world: those of one part, as a rule, or of several.</summary>
internal sealed class PipelineCatalog
{
    public const string Application = "simulation";

    private const double Beside = 0.1;

    private static readonly (PartKind Kind, Func<Dice, PipelinePart> Create)[] All =
    [
        (PartKind.Aggregations, AggregationPart.Of),
        (PartKind.Windows, WindowPart.Of),
        (PartKind.Joins, JoinPart.Of),
        (PartKind.Tables, TablePart.Of),
    ];

    private PipelineCatalog(IReadOnlyList<PipelinePart> parts)
    {
        Parts = parts;
        Topics = [.. parts.SelectMany(part => part.Topics)];
        Functions = [.. parts.SelectMany(part => part.Functions)];
        Catalog = new FunctionCatalog(
            [.. Functions.Select(function => new FunctionEntry(function.Name, new KafkaTriggerBinding("", function.Source, function.Name), [.. function.Outputs]))]);
    }

    public IReadOnlyList<PipelinePart> Parts { get; }

    public IReadOnlyList<string> Topics { get; }

    public IReadOnlyList<SimulatedFunction> Functions { get; }

    public FunctionCatalog Catalog { get; }

    /// <summary>Functions of a world.</summary>
    /// <param name="dice">All chance.</param>
    /// <param name="only">The only part; null for any.</param>
    public static PipelineCatalog Of(Dice dice, PartKind? only)
    {
        var chosen = dice.Below(All.Length);
        return new PipelineCatalog(
        [
            .. All.Where((part, i) => only is { } kind ? part.Kind == kind : i == chosen || dice.Chance(Beside)).Select(part => part.Create(dice)),
        ]);
    }

    /// <summary>Whether the broker refuses a record for good.</summary>
    public bool Refuses(string topic, OutputRecord record) => Parts.Any(part => part.Refuses(topic, record));

    /// <summary>One name for all functions that write a topic together.</summary>
    public static string OneWriter(string function) => function == "F2" ? "F1" : function;
}
