using System.Buffers.Binary;
using System.Text;
using CsCheck;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.InMemory;
using KafkaFunctions.Streams.State.Queries;
using KafkaFunctions.Streams.Windows;
using static KafkaFunctions.Streams.Tests.State.StateApp;

namespace KafkaFunctions.Streams.Tests.State.Queries;

public sealed class WindowReaderTests : StateTest
{
    private const string Store = "windows";
    private const int Size = 10;

    // Several pages: a key's row has 128 windows at most.
    private const int Many = 1_000;

    private StateReader Reader => new(Storage);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetWindows_Key_AreItsWindowsTheNewestLast()
    {
        await new StateApp(Counting(), Storage).BatchAsync(Record(0, "k", "x", 25), Record(1, "k", "x", 3), Record(2, "j", "x", 3), Record(3, "k", "x", 4));

        var page = (await Reader.GetWindowsAsync(Store, Bytes("k"), null, Cancellation))!;

        Assert.Equal([(new Window(0, 10), 2L, 4L), (new Window(20, 30), 1L, 25L)], page.Entries.Select(entry => (entry.Window!.Value, Number(entry.Value), entry.Timestamp)));
        Assert.All(page.Entries, entry => Assert.Equal("k", Text(entry.Key)));
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task GetWindows_NothingThere_IsNull()
    {
        Assert.Null(await Reader.GetWindowsAsync(Store, Bytes("k"), null, Cancellation));
        await new StateApp(Counting(), Storage).BatchAsync(Record(0, "k", "x"));
        await new StateApp(StateTest.Counting(), Storage).BatchAsync(Record(0, "k", "x"));

        Assert.Null(await Reader.GetWindowsAsync(Store, Bytes("j"), null, Cancellation));
        Assert.Null(await Reader.GetWindowsAsync("counts", Bytes("k"), null, Cancellation));
        Assert.Empty((await Reader.GetWindowsAsync(Store, Bytes("k"), WindowRequest.At(5), Cancellation))!.Entries);
    }

    [Fact]
    public async Task Describe_WindowedStore_SaysSo()
    {
        await new StateApp(Counting(), Storage).BatchAsync(Record(0, "k", "x"));
        await new StateApp(StateTest.Counting(), Storage).BatchAsync(Record(0, "k", "x"));

        Assert.True((await Reader.DescribeAsync(Store, Cancellation))!.IsWindowed);
        Assert.False((await Reader.DescribeAsync("counts", Cancellation))!.IsWindowed);
        Assert.True(Counting().Stores.Single().IsWindowed);
        Assert.False(StateTest.Counting().Stores.Single().IsWindowed);
    }

    [Fact]
    public async Task Get_KeyOfAWindowedStore_IsItsLastWindow()
    {
        await CountAsync(new StateApp(Counting(), Storage), 0, Many);

        var entry = (await Reader.GetAsync(Store, Bytes("k"), Cancellation))!;

        Assert.Equal((new Window((Many - 1) * Size, Many * Size), 1L), (entry.Window!.Value, Number(entry.Value)));
    }

    [Fact]
    public async Task GetWindows_OfManyPages_AnyRangeAndLimit_AreAllOfThem()
    {
        // In an order that makes pages split.
        var app = new StateApp(Counting(), Storage);
        var starts = Enumerable.Range(0, Many).Where(i => i % 3 != 0).ToList();
        await app.BatchAsync([.. starts.Where(i => i % 2 == 0).Concat(starts.Where(i => i % 2 == 1)).Select((start, i) => Record(i, "k", "x", start * Size))]);

        await Gen.Select(Gen.Int[-10, (Many * Size) + 10], Gen.Int[0, Many * Size], Gen.Int[1, 400]).SampleAsync(
            async (from, length, limit) =>
            {
                var read = new List<long>();
                for (var next = new WindowRequest { From = from, To = from + length, Limit = limit }; next is not null;)
                {
                    var page = (await Reader.GetWindowsAsync(Store, Bytes("k"), next, Cancellation))!;
                    Assert.InRange(page.Entries.Count, 0, limit);
                    read.AddRange(page.Entries.Select(entry => entry.Window!.Value.Start));
                    next = page.NextWindow is { } start ? next with { From = start } : null;
                }

                Assert.Equal(starts.Select(start => (long)start * Size).Where(start => start >= from && start <= from + length), read);
            },
            iter: 50,
            threads: 1);
    }

    [Fact]
    public async Task List_WindowedStore_HasAnEntryForEachKeyAndWindowInOrder()
    {
        var windows = new Dictionary<string, int> { ["a"] = 3, ["b"] = Many, ["c"] = 1, ["d"] = 200 };
        var app = new StateApp(Counting(), Storage);
        var offset = 0;
        foreach (var (key, count) in windows)
        {
            await app.BatchAsync([.. Enumerable.Range(0, count).Select(i => Record(offset++, key, "x", i * Size))]);
        }

        var expected = windows.SelectMany(key => Enumerable.Range(0, key.Value).Select(i => (key.Key, (long)i * Size))).ToList();
        foreach (var limit in (int[])[1, 3, 4, 5, 90, 1_000, 5_000])
        {
            var read = new List<(string, long)>();
            for (StateRequest? next = new() { Limit = limit }; next is not null;)
            {
                var page = await Reader.ListAsync(Store, next, Cancellation);
                Assert.InRange(page.Entries.Count, 1, limit);
                read.AddRange(page.Entries.Select(entry => (Text(entry.Key), entry.Window!.Value.Start)));
                next = limit < 5 && read.Count >= 10 ? null : next.After(page);
            }

            Assert.Equal(expected.Take(limit < 5 ? read.Count : int.MaxValue), read);
        }

        var all = await Reader.ReadAllAsync(Store, Cancellation).Select(entry => (Text(entry.Key), entry.Window!.Value.Start)).ToListAsync(Cancellation);
        Assert.Equal(expected, all.Order());
    }

    /// <summary>A batch counts each window of the key once more, and comes while pages are read: all windows have the same count.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public async Task GetWindows_KeyIsWrittenMeanwhile_NeverHalfABatch(int batches)
    {
        var app = new StateApp(Counting(), Storage);
        await CountAsync(app, 0, Many);
        var writer = new WriteBeforePages { Write = i => CountAsync(app, (i + 1) * Many, Many), Left = batches };
        Storage.Hook = writer;

        var page = (await Reader.GetWindowsAsync(Store, Bytes("k"), null, Cancellation))!;

        Assert.Equal(Many, page.Entries.Count);
        Assert.Equal([batches + 1], page.Entries.Select(entry => Number(entry.Value)).Distinct());
        Assert.Equal(0, writer.Left);
    }

    [Fact]
    public async Task GetWindows_KeyIsWrittenAllTheTime_GivesUp()
    {
        var app = new StateApp(Counting(), Storage);
        await CountAsync(app, 0, 300);
        Storage.Hook = new WriteBeforePages { Write = i => app.BatchAsync(Record(300 + i, "k", "x", 0)), Left = int.MaxValue };

        await Assert.ThrowsAsync<StateUnavailableException>(() => Reader.GetWindowsAsync(Store, Bytes("k"), null, Cancellation));
    }

    [Fact]
    public async Task GetWindows_PageIsNotThere_IsCorrupt()
    {
        await CountAsync(new StateApp(Counting(), Storage), 0, 300);
        var store = await Storage.OpenAsync(Store, Cancellation);
        foreach (var bucket in Enumerable.Range(0, StateLimits.DefaultBuckets).Select(i => new StateBucket(i)))
        {
            await foreach (var page in store.ScanAsync(bucket, StateRange.Prefix("W"u8.ToArray()), Cancellation))
            {
                await store.WriteAsync(bucket, [new StateWrite(page.Key, null, page.ETag)], Cancellation);
            }
        }

        await Assert.ThrowsAsync<StateCorruptException>(() => Reader.GetWindowsAsync(Store, Bytes("k"), null, Cancellation));
    }

    private static new StreamProcessor Counting() => Source()
        .GroupByKey(Serdes.Utf8)
        .WindowedBy(TimeWindows.Tumbling(TimeSpan.FromMilliseconds(Size)).WithGrace(TimeSpan.FromHours(1)))
        .Count(Store)
        .To(Serdes.SessionWindowed(Serdes.Utf8), Serdes.Int64);

    /// <summary>Counts each of the windows of a key once.</summary>
    private static Task<StreamResult> CountAsync(StateApp app, int offset, int windows) =>
        app.BatchAsync([.. Enumerable.Range(0, windows).Select(i => Record(offset + i, "k", "x", i * Size))]);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static long Number(byte[] bytes) => BinaryPrimitives.ReadInt64BigEndian(bytes);

    /// <summary>Writes before pages are read.</summary>
    private sealed class WriteBeforePages : IStateHook
    {
        private bool _isWriting;
        private int _written;

        public required Func<int, Task> Write { get; init; }

        public int Left { get; set; }

        public async ValueTask BeforeAsync(StateOperation operation, CancellationToken cancellationToken)
        {
            if (!_isWriting && Left > 0 && operation.Kind == StateOperationKind.Read && operation.Keys[0].Bytes[0] == (byte)'W')
            {
                _isWriting = true;
                await Write(_written++);
                Left--;
                _isWriting = false;
            }
        }

        public ValueTask AfterAsync(StateOperation operation, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
