using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Bench.App;

/// <summary>The app's functions and topics, by the names that outside checks rely on.</summary>
internal static class Pipeline
{
    public const string Output = "output-topic";
    public const string Errors = "page-views-errors";
    public const string Bots = "page-views-bots";
    public const string Clean = "page-views-clean";
    public const string DeadLetterSuffix = ".dlq";

    /// <summary>Value of the setting <c>FilterCondition</c> in every run.</summary>
    public const string FilterCondition = "keep-me";

    public const int Partitions = TopicSpecification.DefaultPartitions;

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(60);

    public static readonly Stage Filter = new("FilterEvents", "input-topic", "filter-events");
    public static readonly Stage Parse = new("ParseWebLogs", "web-logs", "parse-web-logs");
    public static readonly Stage Route = new("RoutePageViews", "page-views", "route-page-views");

    public const string Ingest = "IngestEvents";

    /// <summary>The functions that read a topic, upstream first.</summary>
    public static readonly IReadOnlyList<Stage> Stages = [Filter, Parse, Route];

    /// <summary>The functions of the pipeline: the app's others have topics of their own.</summary>
    public static IReadOnlyList<string> Functions => [Ingest, .. Stages.Select(stage => stage.Function)];

    /// <summary>Creates the pipeline's topics. They keep event time, hence records for ever.</summary>
    public static async Task CreateTopicsAsync(ITopicClient topics, CancellationToken cancellationToken)
    {
        string[] names =
        [
            .. Stages.SelectMany(stage => new[] { stage.Topic, stage.Topic + DeadLetterSuffix }),
            Output, Errors, Bots, Clean,
        ];
        foreach (var name in names)
        {
            var specification = new TopicSpecification(name, Partitions) { Retention = Timeout.InfiniteTimeSpan };
            if (!await topics.CreateAsync(specification, cancellationToken))
            {
                throw new RunFailedException($"Topic '{name}' exists already. A run counts every record of its topics: use an empty broker.");
            }
        }
    }

    /// <summary>How many records of a stage's topic its group has not finished.</summary>
    public static async Task<long> LagAsync(ITopicClient topics, Stage stage, CancellationToken cancellationToken)
    {
        // The committed offsets first: records that arrive in between count as lag, so zero means zero.
        var committed = await AnswerAsync(
            topics.GetCommittedAsync(stage.ConsumerGroup, stage.Topic, cancellationToken), stage.ConsumerGroup, cancellationToken);
        var offsets = await AnswerAsync(topics.GetOffsetsAsync(stage.Topic, cancellationToken), stage.Topic, cancellationToken);
        return offsets.Sum(partition =>
            partition.End - (committed.FirstOrDefault(commit => commit.Partition == partition.Partition).Offset ?? partition.Start));
    }

    /// <summary>Records that a topic holds.</summary>
    public static async Task<long> CountAsync(ITopicClient topics, string topic, CancellationToken cancellationToken) =>
        (await AnswerAsync(topics.GetOffsetsAsync(topic, cancellationToken), topic, cancellationToken)).Sum(partition => partition.End - partition.Start);

    /// <summary>Fails the run where a question is never answered, not even by an error.</summary>
    private static async Task<T> AnswerAsync<T>(Task<T> question, string about, CancellationToken cancellationToken)
    {
        try
        {
            return await question.WaitAsync(AnswerLimit, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new RunFailedException($"The question for offsets of '{about}' is not answered after {AnswerLimit.TotalSeconds} s.", exception);
        }
    }
}
