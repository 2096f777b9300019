using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.InMemory;

namespace KafkaFunctions.Streams.Tests.State;

/// <summary>An instance of an app with one function: runs batches, publishes into a list, and commits, as a host would.</summary>
internal sealed class StateApp(StreamProcessor processor, InMemoryStateStorage storage, StateOptions? options = null, TimeProvider? time = null)
{
    public const string Topic = "input";

    public StateRuntime Runtime { get; } = new(storage, "app", options, time);

    public StreamFunction Function { get; init; } = new("F", HonouredIdentities.None);

    public StreamRunOptions Run { get; init; } = new();

    /// <summary>What was published, with its identity set as the worker does.</summary>
    public List<OutputRecord> Published { get; init; } = [];

    /// <summary>The records that became dead letters.</summary>
    public List<(InputRecord Record, Exception Error)> DeadLetters { get; } = [];

    /// <summary>Called before each record is published: where a test stops the instance.</summary>
    public Action BeforePublish { get; set; } = () => { };

    /// <summary>The records of all published outputs as "key=value", with "-" for null.</summary>
    public string[] Shown => [.. Published.Select(Show)];

    public async Task<StreamResult> BatchAsync(params InputRecord[] batch)
    {
        var result = await ApplyAsync(batch);
        if (result.StoppedAt is not null)
        {
            return result;
        }

        Publish(result);
        for (var i = 0; i < batch.Length; i++)
        {
            if (result.Outcomes[i].Kind == RecordOutcomeKind.Poison)
            {
                BeforePublish();
                DeadLetters.Add((batch[i], result.Outcomes[i].Error!));
            }
        }

        if (result.Completion is { } completion)
        {
            while (await completion.LookAgainAsync(Cancellation) is { } again)
            {
                Publish(again);
            }

            await completion.CommitAsync(Cancellation);
        }

        return result;
    }

    /// <summary>A batch that ends before anything is published.</summary>
    public Task<StreamResult> ApplyAsync(params InputRecord[] batch) =>
        processor.RunAsync(batch, record => record, Runtime, Function, Run, Cancellation);

    public void Publish(StreamResult result)
    {
        foreach (var record in result.Outputs.SelectMany(output => result[output]))
        {
            BeforePublish();
            record.Identity = record.Origin is { } origin
                ? origin.Upstream is { } upstream && Function.Upstream.IsHonoured(upstream)
                    ? RecordIdentity.Extend(upstream, Function.Name, origin.Partition, origin.Index)
                    : RecordIdentity.Start("app", Function.Name, origin.Partition, origin.Offset, origin.Index)
                : null;
            Published.Add(record);
        }
    }

    public static string Show(OutputRecord record) =>
        $"{Serdes.Utf8.Deserialize(record.Key)}={(record.Value is null ? "-" : Serdes.Utf8.Deserialize(record.Value))}";

    public static InputRecord Record(long offset, string? key, string? value, long timestamp = 1_000, int partition = 0) =>
        new(Topic, partition, offset, Serdes.Utf8.Serialize(key), Serdes.Utf8.Serialize(value), timestamp, []);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
