using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.InMemory;
using static KafkaFunctions.Streams.Tests.State.StateApp;

namespace KafkaFunctions.Streams.Tests.State;

/// <summary>The rules of the effectively-once protocol, one by one.</summary>
public sealed class ProtocolTests : StateTest
{
    private static readonly StreamFunction Downstream = new("F", new HonouredIdentities("app", ["U"]));

    [Fact]
    public async Task Rule1_CopyOfAnUpstreamRecord_IsADuplicate()
    {
        var app = new StateApp(Counting(), Storage) { Function = Downstream };

        var result = await app.BatchAsync(Copied(0, "a", 7, 0), Copied(1, "a", 8, 0), Copied(2, "a", 7, 0));
        var next = await app.BatchAsync(Copied(3, "a", 8, 0), Copied(4, "a", 8, 1));

        Assert.Equal((1, 1), (result.Duplicates, next.Duplicates));
        Assert.Equal(["a=2", "a=3"], app.Shown);
    }

    [Fact]
    public async Task Rule1_IdentityOfNoFunctionThatWritesTheTopic_IsIgnored()
    {
        var app = new StateApp(Counting(), Storage) { Function = new StreamFunction("F", new HonouredIdentities("app", ["Other"])) };

        await app.BatchAsync(Copied(0, "a", 7, 0), Copied(1, "a", 7, 0));

        Assert.Equal(["a=2"], app.Shown);
    }

    [Fact]
    public async Task Rule1_OutputsOfAStatefulFunction_StartThePathAnew()
    {
        var app = new StateApp(Counting(), Storage) { Function = Downstream };

        await app.BatchAsync(Copied(5, "a", 7, 0));

        Assert.Equal("1;app;F:0;5.0", Serdes.Utf8.Deserialize(app.Published[0].Identity));
    }

    [Fact]
    public async Task Rule2_CopyAfterARestart_IsADuplicate()
    {
        await new StateApp(Counting(), Storage) { Function = Downstream }.BatchAsync(Copied(0, "a", 7, 0));
        var app = new StateApp(Counting(), Storage) { Function = Downstream };

        var result = await app.BatchAsync(Copied(1, "a", 7, 0));

        Assert.Equal(RecordOutcomeKind.Duplicate, result.Outcomes[0].Kind);
        Assert.Empty(app.Published);
    }

    [Fact]
    public async Task Rule2_PathThatIsNotUsedAnyMore_IsForgotten()
    {
        var time = new ManualTime();
        var options = new StateOptions { PathRetention = TimeSpan.FromMinutes(5) };
        var app = new StateApp(Counting(), Storage, options, time) { Function = Downstream };
        await app.BatchAsync(Copied(0, "a", 7, 0));
        time.Now += TimeSpan.FromMinutes(6);
        await app.BatchAsync(Record(1, "a", "x"));

        var result = await app.BatchAsync(Copied(2, "a", 7, 0));

        Assert.Equal(0, result.Duplicates);
    }

    [Fact]
    public async Task Rule2_AnotherInstanceWasFurther_ItsWatermarksCount()
    {
        var first = new StateApp(Counting(), Storage) { Function = Downstream };
        var second = new StateApp(Counting(), Storage) { Function = Downstream };
        await first.BatchAsync(Copied(0, "a", 7, 0));
        await second.BatchAsync(Copied(1, "a", 8, 0));

        var result = await first.BatchAsync(Copied(2, "a", 8, 0));

        Assert.Equal(1, result.Duplicates);
    }

    [Fact]
    public async Task Rule3_RowIsWrittenAndNothingPublished_NextInstancePublishesWithTheSameIdentity()
    {
        var first = new StateApp(Counting(), Storage);
        first.Publish(await first.ApplyAsync(Record(0, "a", "x"), Record(1, "a", "x")));
        var next = new StateApp(Counting(), Storage);

        await next.BatchAsync(Record(0, "a", "x"));
        await next.BatchAsync(Record(1, "a", "x"), Record(2, "a", "x"));

        Assert.Equal(["a=2", "a=3"], next.Shown);
        Assert.Equal(["1;app;F:0;1.0", "1;app;F:0;2.0"], next.Published.Select(record => Serdes.Utf8.Deserialize(record.Identity)));
        Assert.Equal(first.Published[0].Identity, next.Published[0].Identity);
    }

    [Fact]
    public async Task Rule3_ABatchThatIsDone_IsDroppedFromItsRows()
    {
        var app = new StateApp(Counting(), Storage);
        for (var offset = 0; offset < 50; offset++)
        {
            await app.BatchAsync(Record(offset, "a", "x"));
        }

        Assert.InRange(await RowBytes("counts"), 1, 60);
    }

    [Fact]
    public async Task Rule5_Publish_IsInTheOrderOfOffsets()
    {
        var app = new StateApp(Counting(), Storage);

        await app.BatchAsync([.. Enumerable.Range(0, 60).Select(i => Record(i, $"k{i * 17 % 60}", "x"))]);

        Assert.Equal(Enumerable.Range(0, 60).Select(i => (long)i), app.Published.Select(record => record.Origin!.Value.Offset));
    }

    [Fact]
    public async Task Rule5_SeveralPartitions_EachHasItsProgress()
    {
        await new StateApp(Counting(), Storage).BatchAsync(Record(0, "a", "x"), Record(9, "a", "x", partition: 1), Record(1, "b", "x"));

        var app = new StateApp(Counting(), Storage);
        var result = await app.BatchAsync(Record(0, "a", "x"), Record(9, "a", "x", partition: 1), Record(10, "a", "x", partition: 1), Record(1, "b", "x"));

        Assert.Equal(3, result.Duplicates);
        Assert.Equal(["a=3"], app.Shown);
    }

    [Fact]
    public async Task Rule7_RowHasOneWriter_CarriesNoVersion()
    {
        var app = new StateApp(Counting(), Storage);

        await app.BatchAsync(Record(0, "a", "x"));

        Assert.DoesNotContain(app.Published[0].Headers, header => header.Key == HeaderNames.Version);
    }

    [Fact]
    public async Task Fencing_ConflictsWithoutEnd_AreRaised()
    {
        var app = new StateApp(Counting(), Storage, new StateOptions { MaxWriteAttempts = 3, Buckets = 1 });
        await app.BatchAsync(Record(0, "a", "x"));
        var hook = new Conflicting();
        Storage.Hook = hook;

        await Assert.ThrowsAsync<StateConflictException>(() => app.BatchAsync(Record(1, "a", "x")));

        Assert.Equal(3, hook.Writes);
    }

    [Fact]
    public async Task SteadyState_WarmCache_ReadsNothing()
    {
        var app = new StateApp(Counting(), Storage);
        await app.BatchAsync(Record(0, "a", "x"), Record(1, "b", "x"));
        var hook = new Conflicting { Fails = false };
        Storage.Hook = hook;

        await app.BatchAsync(Record(2, "a", "x"), Record(3, "b", "x"));

        Assert.Equal((0, 3), (hook.Reads, hook.Writes));
    }

    private static InputRecord Copied(long offset, string key, long sequence, int index) =>
        Record(offset, key, "x") with { Headers = [new RecordHeader(HeaderNames.Identity, RecordIdentity.Start("app", "U", 0, sequence, index))] };

    private async Task<int> RowBytes(string name)
    {
        var store = await Storage.OpenAsync(name, TestContext.Current.CancellationToken);
        var largest = 0;
        for (var bucket = 0; bucket < StateLimits.DefaultBuckets; bucket++)
        {
            await foreach (var row in store.ScanAsync(new StateBucket(bucket), StateRange.All, TestContext.Current.CancellationToken))
            {
                largest = Math.Max(largest, row.Value.Length);
            }
        }

        return largest;
    }

    private sealed class Conflicting : IStateHook
    {
        public bool Fails { get; init; } = true;

        public int Reads { get; private set; }

        public int Writes { get; private set; }

        public ValueTask BeforeAsync(StateOperation operation, CancellationToken cancellationToken)
        {
            Reads += operation.Kind == StateOperationKind.Read ? 1 : 0;
            Writes += operation.Kind == StateOperationKind.Write ? 1 : 0;
            return Fails && operation.Kind == StateOperationKind.Write
                ? throw new StateConflictException(operation.Store!, operation.Bucket!.Value, null)
                : ValueTask.CompletedTask;
        }

        public ValueTask AfterAsync(StateOperation operation, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }

    private sealed class ManualTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch.AddYears(50);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
