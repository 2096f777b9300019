using System.Globalization;
using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Joins;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.InMemory;
using KafkaFunctions.Streams.Tests.Windows;
using KafkaFunctions.Streams.Windows.Maintenance;
using KafkaFunctions.Streams.Windows.Timelines;
using KafkaFunctions.TestSupport;
using static KafkaFunctions.Streams.Tests.Windows.Spans;

namespace KafkaFunctions.Streams.Tests.Joins;

/// <summary>Both functions of a stream join over one store, run batch after batch as a host would. A record that was made is written to its
/// topic; it waits there until it is run.</summary>
internal sealed class StreamJoinRun : IAsyncDisposable
{
    public const string LeftFunction = "L";
    public const string RightFunction = "R";

    /// <summary>A key that the tests move the left clock with.</summary>
    public const string OtherLeft = "ol";

    /// <summary>A key that the tests move the right clock with.</summary>
    public const string OtherRight = "or";

    private const string Store = "joined";
    private const string Key = "k";
    private const string LeftTopic = "left";
    private const string RightTopic = "right";
    private const string NoValue = "-";

    private readonly StreamProcessor _left;
    private readonly StreamProcessor _right;
    private readonly InMemoryStateStorage _storage = new();
    private readonly TopicEnds _topics = new();
    private readonly CountedEvents _events = new();
    private StateRuntime? _runtime;

    public StreamJoinRun(StreamJoin<string?, string?, string?, string> join)
    {
        _left = Source().AsLeftOf(join).To(Serdes.Utf8, Serdes.Utf8!);
        _right = Source().AsRightOf(join).To(Serdes.Utf8, Serdes.Utf8!);
    }

    /// <summary>Right records from 5 ms before the left one to 10 ms after it, and a grace of 3 ms.</summary>
    public static JoinWindows Windows { get; } = JoinWindows.Of(Ms(5), Ms(10)).WithGrace(Ms(3));

    /// <summary>How records of a key are divided into pages.</summary>
    public TimelineLimits Limits { get; init; } = TimelineLimits.Default;

    /// <summary>By default what is known of the clocks is old with every batch.</summary>
    public TimeProvider Time { get; init; } = new HastyTime();

    /// <summary>How often the broker was asked where a topic ends.</summary>
    public int Asked => _topics.Asked;

    /// <summary>Records that were ignored for the lack of a key or a value, so far.</summary>
    public long Ignored => _events["kafkafunctions.state.ignored"];

    public static StreamJoinRun Inner(JoinWindows? windows = null) => Of(JoinKind.Inner, windows);

    public static StreamJoinRun Left(JoinWindows? windows = null) => Of(JoinKind.Left, windows);

    public static StreamJoinRun Outer(JoinWindows? windows = null) => Of(JoinKind.Outer, windows);

    public static StreamJoinRun Of(JoinKind kind, JoinWindows? windows = null) => new(JoinOf(kind, windows));

    public static StreamJoin<string?, string?, string?, string> JoinOf(
        JoinKind kind, JoinWindows? windows = null, string left = LeftFunction, string right = RightFunction) => kind switch
        {
            JoinKind.Inner => StreamJoin.Inner(Store, Serdes.Utf8, Serdes.Utf8, Serdes.Utf8, windows ?? Windows, Joined, left, right),
            JoinKind.Left => StreamJoin.Left(Store, Serdes.Utf8, Serdes.Utf8, Serdes.Utf8, windows ?? Windows, Joined, left, right),
            _ => StreamJoin.Outer(Store, Serdes.Utf8, Serdes.Utf8, Serdes.Utf8, windows ?? Windows, Joined, left, right),
        };

    /// <summary>Writes a record to the left topic.</summary>
    public InputRecord LeftRecord(long timestamp, string? value = "l", string? key = Key, int partition = 0) => Write(LeftTopic, timestamp, value, key, partition);

    /// <summary>Writes a record to the right topic.</summary>
    public InputRecord RightRecord(long timestamp, string? value = "r", string? key = Key, int partition = 0) => Write(RightTopic, timestamp, value, key, partition);

    /// <summary>Adds a partition without records to the right topic.</summary>
    public void AddRightPartition(int partition) => _topics[RightTopic, partition] = 0;

    /// <summary>Writes a left record and runs it.</summary>
    /// <returns>What it caused: "key=left|right @timestamp", with "-" for a side without a record.</returns>
    public Task<string[]> LeftAsync(long timestamp, string? value = "l", string? key = Key, int partition = 0) =>
        BatchAsync(LeftRecord(timestamp, value, key, partition));

    /// <summary>Writes a right record and runs it.</summary>
    /// <inheritdoc cref="LeftAsync" path="/returns"/>
    public Task<string[]> RightAsync(long timestamp, string? value = "r", string? key = Key, int partition = 0) =>
        BatchAsync(RightRecord(timestamp, value, key, partition));

    /// <summary>Moves the left clock with a record of another key.</summary>
    /// <inheritdoc cref="LeftAsync" path="/returns"/>
    public Task<string[]> MoveLeftAsync(long timestamp, int partition = 0) => LeftAsync(timestamp, key: OtherLeft, partition: partition);

    /// <summary>Moves the right clock with a record of another key.</summary>
    /// <inheritdoc cref="LeftAsync" path="/returns"/>
    public Task<string[]> MoveRightAsync(long timestamp, int partition = 0) => RightAsync(timestamp, key: OtherRight, partition: partition);

    /// <summary>Runs records of one side that were written before.</summary>
    /// <inheritdoc cref="LeftAsync" path="/returns"/>
    public async Task<string[]> BatchAsync(params InputRecord[] batch)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var result = await ApplyAsync(batch);
        Assert.DoesNotContain(result.Outcomes, outcome => outcome.Kind == RecordOutcomeKind.Poison);
        var shown = Show(result).ToList();
        while (await result.Completion!.DrainAsync(cancellation) is { } unmatched)
        {
            shown.AddRange(Show(unmatched));
        }

        await result.Completion.CommitAsync(cancellation);
        return [.. shown];
    }

    /// <summary>Runs a record that becomes a dead letter.</summary>
    public async Task<Exception> FailAsync(InputRecord record)
    {
        var result = await ApplyAsync([record]);
        await result.Completion!.CommitAsync(TestContext.Current.CancellationToken);
        var outcome = Assert.Single(result.Outcomes.ToArray());
        Assert.Equal(RecordOutcomeKind.Poison, outcome.Kind);
        return outcome.Error!;
    }

    /// <summary>Another instance goes on with what is stored.</summary>
    public void Restart() => _runtime = null;

    /// <summary>Runs a batch of the left side in a function of some name.</summary>
    public Task<StreamResult> RunAsync(string function, params InputRecord[] batch) => RunAsync(_left, function, batch);

    /// <summary>Deletes what both functions need no more.</summary>
    /// <returns>How many keys.</returns>
    public async Task<int> CleanUpAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        return await new StateMaintenance(_left, Runtime, FunctionOf(LeftFunction)).DeleteExpiredAsync(cancellation)
            + await new StateMaintenance(_right, Runtime, FunctionOf(RightFunction)).DeleteExpiredAsync(cancellation);
    }

    /// <summary>How many rows are stored whose keys begin with a byte.</summary>
    public async Task<int> RowsAsync(byte prefix)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var store = await _storage.OpenAsync(Store, cancellation);
        var rows = 0;
        for (var bucket = 0; bucket < StateLimits.DefaultBuckets; bucket++)
        {
            await foreach (var _ in store.ScanAsync(new StateBucket(bucket), StateRange.Prefix([prefix]), cancellation))
            {
                rows++;
            }
        }

        return rows;
    }

    public ValueTask DisposeAsync()
    {
        _events.Dispose();
        return _storage.DisposeAsync();
    }

    private Task<StreamResult> ApplyAsync(InputRecord[] batch) => batch[0].Topic == LeftTopic
        ? RunAsync(_left, LeftFunction, batch)
        : RunAsync(_right, RightFunction, batch);

    private StateRuntime Runtime =>
        _runtime ??= new StateRuntime(_storage, "app", new StateOptions { Timelines = Limits }, time: Time, meters: _events, topics: _topics);

    private Task<StreamResult> RunAsync(StreamProcessor processor, string function, InputRecord[] batch) => processor.RunAsync(
        batch, record => record, Runtime, FunctionOf(function), cancellationToken: TestContext.Current.CancellationToken);

    private static StreamFunction FunctionOf(string function) =>
        new(function, HonouredIdentities.None) { TopicOf = name => name == LeftFunction ? LeftTopic : RightTopic };

    private InputRecord Write(string topic, long timestamp, string? value, string? key, int partition) =>
        new(topic, partition, _topics[topic, partition]++, Serdes.Utf8.Serialize(key), Serdes.Utf8.Serialize(value), timestamp, []);

    private static KStream<string?, string?> Source() => KStream.From(Serdes.Utf8, Serdes.Utf8);

    private static string Joined(string? left, string? right) => $"{left ?? NoValue}|{right ?? NoValue}";

    private static IEnumerable<string> Show(StreamResult result) => result[StreamProcessor.ReturnOutput].Select(record => string.Create(
        CultureInfo.InvariantCulture, $"{Serdes.Utf8.Deserialize(record.Key)}={Serdes.Utf8.Deserialize(record.Value)} @{record.Timestamp}"));
}
