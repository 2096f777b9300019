using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.InMemory;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.Windows;
using static KafkaFunctions.Streams.Tests.Windows.Spans;

namespace KafkaFunctions.Streams.Tests.Windows;

/// <summary>Final results come out, each once, whoever closed their windows and did not get to publish them, without waiting until all
/// buckets are looked at again (design rule 6).</summary>
public sealed class OutboxTests : IAsyncDisposable
{
    private readonly InMemoryStateStorage _storage = new();
    private readonly List<string> _published = [];

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    public async Task Batch_AnotherOwnerClosedAndDied_EarlierOwnerPublishes()
    {
        var (mine, other) = (NewInstance(), NewInstance());
        await RunAsync(mine, Record(0, "a", 5));
        await ApplyAsync(other, Record(1, "b", 6), Record(2, "b", 20));

        await RunAsync(mine, Record(1, "b", 6));
        await RunAsync(mine, Record(2, "b", 20));

        Assert.Equal(["0.0 a 0", "0.1 b 0"], _published);
    }

    [Fact]
    public async Task Batch_AnotherOwnerOpenedWindows_EarlierOwnerClosesThem()
    {
        // In other buckets than this instance knows of.
        var (mine, other) = (NewInstance(buckets: 64), NewInstance(buckets: 64));
        await RunAsync(mine, Record(0, "a", 5));
        await RunAsync(other, Record(1, "b", 6), Record(2, "c", 7));

        await RunAsync(mine, Record(3, "a", 10));

        Assert.Equal(["0.0 a 0", "0.0 b 0", "0.0 c 0"], _published.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Batch_AnswerToTheClosingTransactionIsLost_NextRunPublishesOnce()
    {
        var instance = NewInstance();
        await RunAsync(instance, Record(0, "a", 5));
        _storage.Hook = new OnOutboxWrite { After = () => throw new StateUnavailableException("windows", "The answer was lost.") };
        await Assert.ThrowsAsync<StateUnavailableException>(() => RunAsync(instance, Record(1, "a", 15)));
        _storage.Hook = null;

        await RunAsync(instance, Record(1, "a", 15));

        Assert.Equal(["0.0 a 0"], _published);
    }

    [Fact]
    public async Task Batch_AnotherPartitionsBatchEmptiesTheOutboxBeforeTheClose_Publishes()
    {
        var instance = NewInstance();
        await RunAsync(instance, Record(0, "a", 5));
        await RunAsync(instance, Record(0, "c", 5, partition: 1));
        _storage.Hook = new OnOutboxWrite
        {
            Before = () =>
            {
                _storage.Hook = null;
                RunAsync(instance, Record(1, "c", 6, partition: 1)).GetAwaiter().GetResult();
            },
        };

        await RunAsync(instance, Record(1, "a", 15));

        Assert.Equal(["0.0 a 0"], _published);
    }

    [Fact]
    public async Task Batch_KeyMovesOnDuringTheScan_IsClosedOnce()
    {
        var (mine, former) = (NewInstance(), NewInstance());
        InputRecord[] records = [Record(0, "a", 5), Record(1, "a", 12), Record(2, "b", 30)];
        await ApplyAsync(former, records[0]);
        _storage.ScanPageRows = 1;
        _storage.Hook = new OnSecondScan
        {
            Reached = () =>
            {
                _storage.Hook = null;
                RunAsync(former, records[..2]).GetAwaiter().GetResult();
            },
        };

        await RunAsync(mine, records);

        Assert.Equal(["0.0 a 0", "1.0 a 10"], _published);
    }

    private static InputRecord Record(long offset, string key, long timestamp, int partition = 0) =>
        new("input", partition, offset, Serdes.Utf8.Serialize(key), [1], timestamp, []);

    private static StreamProcessor Processor() => KStream.From(Serdes.Utf8, Serdes.Bytes)
        .GroupByKey(Serdes.Utf8).WindowedBy(TimeWindows.Tumbling(Ms(10))).EmitFinal().Count("windows").To(Serdes.SessionWindowed(Serdes.Utf8), Serdes.Int64);

    private StateRuntime NewInstance(int buckets = 1) => new(_storage, "app", new StateOptions { Buckets = buckets });

    /// <summary>A batch whose instance dies before it publishes.</summary>
    private static Task<StreamResult> ApplyAsync(StateRuntime instance, params InputRecord[] records) => Processor().RunAsync(
        records, record => record, instance, new StreamFunction("F", HonouredIdentities.None), cancellationToken: TestContext.Current.CancellationToken);

    private async Task RunAsync(StateRuntime instance, params InputRecord[] records)
    {
        var result = await ApplyAsync(instance, records);
        while (await result.Completion!.DrainAsync(TestContext.Current.CancellationToken) is { } finals)
        {
            _published.AddRange(finals[StreamProcessor.ReturnOutput].Select(Show).Except(_published));
        }

        await result.Completion.CommitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The outbox row's number, the index, the key and the window's start.</summary>
    private static string Show(OutputRecord record)
    {
        var (key, window) = Serdes.SessionWindowed(Serdes.Utf8).Deserialize(record.Key);
        return FormattableString.Invariant($"{record.Origin!.Value.Offset}.{record.Origin.Value.Index} {key} {window.Start}");
    }

    /// <summary>Before and after the first transaction that adds results to an outbox.</summary>
    private sealed class OnOutboxWrite : IStateHook
    {
        public Action Before { get; init; } = () => { };

        public Action After { get; init; } = () => { };

        public ValueTask BeforeAsync(StateOperation operation, CancellationToken cancellationToken) => Run(operation, Before);

        public ValueTask AfterAsync(StateOperation operation, CancellationToken cancellationToken) => Run(operation, After);

        private static ValueTask Run(StateOperation operation, Action action)
        {
            if (operation.Writes.Any(write => write.Key.Bytes[0] == RowKeys.Outbox && write.Value is not null))
            {
                action();
            }

            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Before the second page of a scan is read.</summary>
    private sealed class OnSecondScan : IStateHook
    {
        private int _scans;

        public Action Reached { get; init; } = () => { };

        public ValueTask BeforeAsync(StateOperation operation, CancellationToken cancellationToken)
        {
            if (operation.Kind == StateOperationKind.Scan && ++_scans == 2)
            {
                Reached();
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask AfterAsync(StateOperation operation, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
