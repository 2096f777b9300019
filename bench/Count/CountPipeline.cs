using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Bench.Count;

/// <summary>The functions that count (CountApp), and their topics.</summary>
internal static class CountPipeline
{
    public const string Output = "count-output";

    /// <summary>The app's setting that says where embedded files are.</summary>
    public const string DataDirectory = "DataDirectory";

    public static readonly Stage Stage = new("CountKeys", "count-input", "count-keys");

    /// <summary>The built app.</summary>
    public static string App => Repository.Program("bench/CountApp", "KafkaFunctions.Bench.CountApp");

    /// <summary>Creates the topics of the running count.</summary>
    public static Task CreateTopicsAsync(ITopicClient topics, CancellationToken cancellationToken) =>
        CreateTopicsAsync(topics, Stage.Topic, [Output], cancellationToken);

    /// <summary>Creates topics. They keep event time, hence records for ever.</summary>
    public static async Task CreateTopicsAsync(ITopicClient topics, string input, IEnumerable<string> outputs, CancellationToken cancellationToken)
    {
        foreach (var name in (string[])[input, input + Pipeline.DeadLetterSuffix, .. outputs])
        {
            await topics.CreateAsync(
                new TopicSpecification(name, Pipeline.Partitions) { Retention = Timeout.InfiniteTimeSpan }, cancellationToken);
        }
    }
}
