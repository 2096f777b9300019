using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Bench.State;

/// <summary>The functions of StateApp, their topics and stores.</summary>
internal static class StatePipeline
{
    public const string Input = "state-input";
    public const string Numbered = "state-numbered";
    public const string Counted = "state-counted";
    public const string Changed = "state-changed";
    public const string Summed = "state-summed";

    public const string NumbersStore = "state-numbers";
    public const string CountsStore = "state-counts";
    public const string LatestStore = "state-latest";
    public const string SumsStore = "state-sums";

    /// <summary>The usual consumer groups.</summary>
    public const string Group = "state";

    private static readonly (string Function, string Topic, string Setting)[] Functions =
    [
        ("NumberEvents", Input, "NumberGroup"),
        ("CountEvents", Input, "CountGroup"),
        ("LatestEvents", Numbered, "LatestGroup"),
        ("SumEvents", Numbered, "SumGroup"),
    ];

    /// <summary>The built app.</summary>
    public static string App => Repository.Program("bench/StateApp", "KafkaFunctions.Bench.StateApp");

    /// <summary>The functions, upstream first, with consumer groups that begin with a name.</summary>
    public static Stage[] Stages(string group) =>
        [.. Functions.Select(function => new Stage(function.Function, function.Topic, GroupOf(group, function.Function)))];

    /// <summary>Settings that name these consumer groups.</summary>
    public static Dictionary<string, string?> GroupSettings(string group) =>
        Functions.ToDictionary(function => function.Setting, function => (string?)GroupOf(group, function.Function));

    /// <summary>Creates the topics. They keep event time, hence records for ever.</summary>
    public static async Task CreateTopicsAsync(ITopicClient topics, CancellationToken cancellationToken)
    {
        string[] names = [Input, Numbered, Counted, Changed, Summed, Input + Pipeline.DeadLetterSuffix, Numbered + Pipeline.DeadLetterSuffix];
        foreach (var name in names)
        {
            var specification = new TopicSpecification(name, Pipeline.Partitions) { Retention = Timeout.InfiniteTimeSpan };
            if (!await topics.CreateAsync(specification, cancellationToken))
            {
                throw new RunFailedException($"Topic '{name}' exists already. A run counts every record of its topics: use an empty broker.");
            }
        }
    }

    private static string GroupOf(string group, string function) => $"{group}-{function}";
}
