using System.Globalization;
using CsCheck;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.Windows;
using KafkaFunctions.Streams.Windows.Timelines;
using static KafkaFunctions.Streams.Tests.Windows.Spans;

namespace KafkaFunctions.Streams.Tests.Windows.Timelines;

/// <summary>Windows in pages give what they give in one row.</summary>
public sealed class PagingTests
{
    private const int Iterations = 40;
    private const int Key = 'k';

    private static async Task EachComesOnceInOrderAsync(WindowRun windows)
    {
        const int Windows = 400;
        await using var run = windows;
        run.Limits = Small;
        for (var i = 0; i < Windows; i++)
        {
            await run.AddAsync(i * 10);
        }

        Assert.InRange(await PagesAsync(run), StateLimits.MaxRowsPerTransaction, Windows);
        run.Restart();

        Assert.Equal(
            Enumerable.Range(0, Windows).Select(i => string.Create(CultureInfo.InvariantCulture, $"k {i * 10}-{(i + 1) * 10}=x @{i * 10}")),
            await run.ClosedByAsync(1_000_000));
        Assert.Empty(await run.ClosedByAsync(1_000_001));
    }

    private static readonly TimelineLimits Small = new(2, 2, 24 * 1024);

    // A batch: how far each record is from the clock, and whether another instance runs it.
    private static readonly Gen<(int[] Steps, bool Restarts)[]> Batches =
        Gen.Select(Gen.Frequency((6, Gen.Int[-40, 20]), (3, Gen.Int[-300, 0]), (1, Gen.Int[0, 300])).Array[1, 30], Gen.Bool).Array[1, 12];

    [Fact]
    public Task Tumbling_InPages_IsAsInOneRow() => AreEqualAsync(() => WindowRun.Updates(TimeWindows.Tumbling(Ms(5)).WithGrace(Ms(150))));

    [Fact]
    public Task Hopping_InPages_IsAsInOneRow() => AreEqualAsync(() => WindowRun.Updates(TimeWindows.Hopping(Ms(20), Ms(5)).WithGrace(Ms(100)).WithRetention(Ms(50))));

    [Fact]
    public Task Sliding_InPages_IsAsInOneRow() => AreEqualAsync(() => WindowRun.Updates(SlidingWindows.Of(Ms(6)).WithGrace(Ms(150))));

    [Fact]
    public Task Session_InPages_IsAsInOneRow() => AreEqualAsync(() => WindowRun.Updates(SessionWindows.Of(Ms(3)).WithGrace(Ms(200))));

    [Fact]
    public Task FinalTumbling_InPages_IsAsInOneRow() => AreEqualAsync(() => WindowRun.Finals(TimeWindows.Tumbling(Ms(5)).WithGrace(Ms(150))));

    [Fact]
    public Task FinalHopping_InPages_IsAsInOneRow() => AreEqualAsync(() => WindowRun.Finals(TimeWindows.Hopping(Ms(20), Ms(5)).WithGrace(Ms(100)).WithRetention(Ms(50))));

    [Fact]
    public Task FinalSliding_InPages_IsAsInOneRow() => AreEqualAsync(() => WindowRun.Finals(SlidingWindows.Of(Ms(6)).WithGrace(Ms(150))));

    [Fact]
    public Task FinalSession_InPages_IsAsInOneRow() => AreEqualAsync(() => WindowRun.Finals(SessionWindows.Of(Ms(3)).WithGrace(Ms(200))));

    [Fact]
    public Task HeldTumbling_InPages_IsAsInOneRow() => AreEqualAsync(() => WindowRun.Held(TimeWindows.Tumbling(Ms(5)).WithGrace(Ms(150)), 30));

    [Fact]
    public Task HeldHopping_InPages_IsAsInOneRow() => AreEqualAsync(() => WindowRun.Held(TimeWindows.Hopping(Ms(20), Ms(5)).WithGrace(Ms(100)).WithRetention(Ms(50)), 120));

    [Fact]
    public Task HeldSliding_InPages_IsAsInOneRow() => AreEqualAsync(() => WindowRun.Held(SlidingWindows.Of(Ms(6)).WithGrace(Ms(150)), 60));

    [Fact]
    public Task HeldSession_InPages_IsAsInOneRow() => AreEqualAsync(() => WindowRun.Held(SessionWindows.Of(Ms(3)).WithGrace(Ms(200)), 60));

    [Fact]
    public Task HeldTumbling_UpToAMaximumInPages_IsAsInOneRow() => AreEqualAsync(() => WindowRun.Held(TimeWindows.Tumbling(Ms(5)).WithGrace(Ms(150)), 200, maxRows: 7));

    [Fact]
    public Task HeldSession_UpToAMaximumInPages_IsAsInOneRow() => AreEqualAsync(() => WindowRun.Held(SessionWindows.Of(Ms(3)).WithGrace(Ms(200)), 200, maxRows: 7, folds: true));

    [Fact]
    public Task Held_MorePagesThanATransactionTakes_EachOnceInOrder() =>
        EachComesOnceInOrderAsync(WindowRun.Held(TimeWindows.Tumbling(Ms(10)).WithGrace(Ms(10_000)), 10_000));

    [Fact]
    public Task Final_MorePagesThanATransactionTakes_EachOnceInOrder() =>
        EachComesOnceInOrderAsync(WindowRun.Finals(TimeWindows.Tumbling(Ms(10)).WithGrace(Ms(10_000))));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Batch_OnMorePagesThanATransactionTakes_AppliesAll(bool folds)
    {
        const int Windows = 300;
        await using var run = WindowRun.Updates(TimeWindows.Tumbling(Ms(10)).WithGrace(Ms(100_000)), folds);
        run.Limits = Small;
        for (var i = 0; i < Windows; i++)
        {
            await run.AddAsync(i * 10);
        }

        run.Restart();
        var batch = Enumerable.Range(0, Windows).Select(i => run.Record(i * 10, "y")).ToArray();

        Assert.Equal(
            Enumerable.Range(0, Windows).Select(i => string.Create(CultureInfo.InvariantCulture, $"k {i * 10}-{(i + 1) * 10}=xy @{i * 10}")),
            await run.BatchAsync(batch));
    }

    [Fact]
    public async Task Forget_MorePagesThanATransactionTakes_DropsThemByAndBy()
    {
        await using var run = WindowRun.Updates(TimeWindows.Tumbling(Ms(10)).WithGrace(Ms(10_000)));
        run.Limits = Small;
        for (var i = 0; i < 400; i++)
        {
            await run.AddAsync(i * 10);
        }

        for (var i = 0; i < 12; i++)
        {
            Assert.Equal([string.Create(CultureInfo.InvariantCulture, $"k {1_000_000 + (i * 10)}-{1_000_010 + (i * 10)}=x @{1_000_000 + (i * 10)}")], await run.AddAsync(1_000_000 + (i * 10)));
        }

        Assert.InRange(await PagesAsync(run), 0, 12);
    }

    [Fact]
    public async Task Pages_ReadWhileAnotherInstanceWrites_AreReadAnew()
    {
        await using var run = WindowRun.Updates(SessionWindows.Of(Ms(2)).WithGrace(Ms(100_000)));
        run.Limits = Small;
        for (var i = 0; i < 100; i++)
        {
            await run.AddAsync(i * 10);
        }

        // A slow instance has a record whose pages it is about to read; the next owner takes in the same record and further ones, which
        // make all sessions one: the pages are gone.
        run.Restart();
        var batch = new[] { run.Record(401, "z") }.Concat(Enumerable.Range(0, 500).Select(i => run.Record(i * 2, "y"))).ToArray();
        string[] others = [];
        var hook = new OnPageRead(async () =>
        {
            await using var other = run.Another();
            others = await other.BatchAsync(batch);
        });
        run.Storage.Hook = hook;

        var results = await run.BatchAsync(batch[0]);

        Assert.True(hook.IsReached);
        Assert.Equal(["k 400-400=- @400", "k 400-401=xz @401"], results);
        Assert.Equal(results, others[..2]);
        Assert.Equal(1, await PagesAsync(run));
    }

    private static async Task AreEqualAsync(Func<WindowRun> create) => await Batches.SampleAsync(
        async batches =>
        {
            await using var paged = create();
            await using var whole = create();
            paged.Limits = Small;
            whole.Limits = new TimelineLimits(int.MaxValue, int.MaxValue, int.MaxValue / 2);
            var (clock, letter) = (400L, 0);
            foreach (var (steps, restarts) in batches)
            {
                var times = steps.Select(step => Math.Max(0, (clock = Math.Max(clock, clock + step)) + Math.Min(step, 0))).ToArray();
                if (restarts)
                {
                    paged.Restart();
                }

                var letters = times.Select(_ => ((char)('a' + (letter++ % 26))).ToString()).ToArray();
                Assert.Equal(
                    await whole.BatchAsync([.. times.Select((time, i) => whole.Record(time, letters[i]))]),
                    await paged.BatchAsync([.. times.Select((time, i) => paged.Record(time, letters[i]))]));
            }

            Assert.Equal(await whole.ClosedByAsync(100_000), await paged.ClosedByAsync(100_000));
        },
        iter: Iterations,
        threads: 1);

    /// <summary>How many pages are stored.</summary>
    private static async Task<int> PagesAsync(WindowRun run)
    {
        var store = await run.Storage.OpenAsync("texts", TestContext.Current.CancellationToken);
        var pages = 0;
        for (var bucket = 0; bucket < StateLimits.DefaultBuckets; bucket++)
        {
            await foreach (var row in store.ScanAsync(new StateBucket(bucket), StateRange.Prefix([RowKeys.Page]), TestContext.Current.CancellationToken))
            {
                pages += row.Key.Bytes.Contains((byte)Key) ? 1 : 0;
            }
        }

        return pages;
    }
}
