using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.InMemory;
using KafkaFunctions.Streams.Windows;
using KafkaFunctions.Streams.Windows.Maintenance;
using KafkaFunctions.TestSupport;
using Microsoft.Extensions.Time.Testing;

namespace KafkaFunctions.Streams.Tests.Windows;

public sealed class StateMaintenanceTests : IAsyncLifetime
{
    private const string Late = "late";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddDays(20_000));
    private readonly InMemoryStateStorage _storage = new();
    private readonly TopicEnds _topics = new() { ["events", 0] = 0 };
    private readonly StreamFunction _function = new("Count", HonouredIdentities.None) { TopicOf = _ => "events" };
    private readonly List<string> _published = [];
    private StateRuntime _state = null!;

    public ValueTask InitializeAsync()
    {
        _state = new StateRuntime(_storage, "app", time: _time, topics: _topics);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        await _topics.DisposeAsync();
    }

    [Fact]
    public async Task CloseIdleAsync_BeforeTheTimeIsUp_ClosesNothing()
    {
        var processor = Finals(TimeWindows.Tumbling(Minute).CloseAfterIdle(TimeSpan.FromSeconds(10)));
        await RunAsync(processor, ("a", 30_000));
        _time.Advance(TimeSpan.FromMilliseconds(39_999));

        Assert.Equal(0, await CloseIdleAsync(processor));
        Assert.Empty(_published);
    }

    [Fact]
    public async Task CloseIdleAsync_ClockHasGoneOnToTheEnd_PublishesTheFinalResultOnceAndSaysWhy()
    {
        var processor = Finals(TimeWindows.Tumbling(Minute).CloseAfterIdle(TimeSpan.FromSeconds(10)));
        await RunAsync(processor, ("a", 30_000), ("b", 70_000));
        _published.Clear();
        _time.Advance(TimeSpan.FromMilliseconds(10_000 + 50_000));

        Assert.Equal(1, await CloseIdleAsync(processor));
        Assert.Equal(0, await CloseIdleAsync(processor));
        Assert.Equal(["b[60000,120000]=1 idle"], _published);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CloseIdleAsync_AnotherInstanceDoesNotKnow_ARecordIsLateOrCountedAndNotBoth(bool isKnownFirst)
    {
        var processor = Finals(TimeWindows.Tumbling(Minute).CloseAfterIdle(TimeSpan.FromSeconds(10)));
        await RunAsync(processor, ("a", 30_000));
        var owner = _state;
        var other = _state = new StateRuntime(_storage, "app", time: _time, topics: _topics);
        _time.Advance(TimeSpan.FromMilliseconds(30_000 + 9_999));
        StreamResult? result = null;
        _storage.Hook = new OnFirstRead
        {
            Reached = () =>
            {
                _storage.Hook = null;
                _time.Advance(TimeSpan.FromMilliseconds(1));
                CloseIdleAsync(processor).GetAwaiter().GetResult();
                result = isKnownFirst ? ApplyAsync(processor, other, 1, ("b", 50_000)).GetAwaiter().GetResult() : null;
            },
        };

        // The owner has read its progress, and the record comes, just before the clock goes on.
        var owners = await ApplyAsync(processor, owner, 1, ("b", 50_000));
        _topics["events", 0]++;
        result ??= await ApplyAsync(processor, other, 1, ("b", 50_000));

        Assert.Contains("a[0,60000]=1 idle", _published);
        Assert.Equal(isKnownFirst ? 1 : 0, owners[Late].Count);
        Assert.Equal(isKnownFirst ? 1 : 0, result[Late].Count);
        await CompleteAsync(result);
        await RunAsync(processor, ("c", 600_000));
        Assert.Equal(isKnownFirst ? 0 : 1, _published.Count(shown => shown.StartsWith("b[0,60000]=1", StringComparison.Ordinal)));
    }

    [Fact]
    public Task CloseIdleAsync_RunBeforeClosedAndDidNotPublish_PublishesWhatIsLeft() =>
        WhatTheRunBeforeLeftIsPublishedAsync(Finals(TimeWindows.Tumbling(Minute).CloseAfterIdle(TimeSpan.FromSeconds(10))));

    [Fact]
    public async Task CloseIdleAsync_RecordsAreLeftToRead_ClosesNothing()
    {
        var processor = Finals(TimeWindows.Tumbling(Minute).CloseAfterIdle(TimeSpan.FromSeconds(10)));
        await RunAsync(processor, ("a", 30_000));
        _topics["events", 0]++;
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(0, await CloseIdleAsync(processor));
    }

    [Fact]
    public async Task CloseIdleAsync_RecordForTheClosedWindow_IsLate()
    {
        var processor = Finals(TimeWindows.Tumbling(Minute).CloseAfterIdle(TimeSpan.FromSeconds(10)));
        await RunAsync(processor, ("a", 30_000));
        _time.Advance(TimeSpan.FromSeconds(40));
        await CloseIdleAsync(processor);

        await RunAsync(processor, ("a", 59_999), ("a", 60_000));
        _time.Advance(TimeSpan.FromMinutes(2));
        await CloseIdleAsync(processor);

        Assert.Equal(["a[0,60000]=1 idle", "a[60000,120000]=1 idle"], _published);
    }

    [Fact]
    public async Task CloseIdleAsync_NotAskedFor_ClosesNothing()
    {
        var processor = Finals(TimeWindows.Tumbling(Minute));
        await RunAsync(processor, ("a", 30_000));
        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(0, await CloseIdleAsync(processor));
    }

    // Held since 30,000 for 20,000: due when the clock has gone on by 20,000 beyond the 10,000 of quiet.
    [Theory]
    [InlineData(29_999)]
    [InlineData(30_000, "a[0,60000]=2 idle")]
    [InlineData(30_001, "a[0,60000]=2 idle")]
    public async Task CloseIdleAsync_ResultIsHeld_LetsItGoWhenItIsDue(int quiet, params string[] expected)
    {
        var processor = Held(TimeWindows.Tumbling(Minute).CloseAfterIdle(TimeSpan.FromSeconds(10)), TimeSpan.FromSeconds(20));
        await RunAsync(processor, ("a", 30_000), ("a", 29_000));
        _time.Advance(TimeSpan.FromMilliseconds(quiet));

        Assert.Equal(expected.Length, await CloseIdleAsync(processor));
        Assert.Equal(0, await CloseIdleAsync(processor));
        Assert.Equal(expected, _published);
    }

    [Fact]
    public async Task CloseIdleAsync_ResultIsHeldAndNobodyAskedForIt_WaitsForTheNextRecord()
    {
        var processor = Held(TimeWindows.Tumbling(Minute), TimeSpan.FromSeconds(20));
        await RunAsync(processor, ("a", 30_000));
        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(0, await CloseIdleAsync(processor));
        await RunAsync(processor, ("b", 50_000));
        Assert.Equal(["a[0,60000]=1"], _published);
    }

    [Fact]
    public Task CloseIdleAsync_RunBeforeLetResultsGoAndDidNotPublish_PublishesWhatIsLeft() =>
        WhatTheRunBeforeLeftIsPublishedAsync(Held(TimeWindows.Tumbling(Minute).CloseAfterIdle(TimeSpan.FromSeconds(10)), TimeSpan.FromSeconds(20)));

    [Theory]
    [InlineData(629_999, 0)]
    [InlineData(630_000, 1)]
    public async Task DeleteExpiredAsync_ResultIsHeld_KeepsTheRowUntilItIsEmitted(long streamTime, int deleted)
    {
        var processor = Held(TimeWindows.Tumbling(Minute), TimeSpan.FromMinutes(10));
        await RunAsync(processor, ("a", 30_000));
        await RunAsync(processor, ("b", streamTime));
        _time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(deleted, await MaintenanceOf(processor).DeleteExpiredAsync(TestContext.Current.CancellationToken));
        await RunAsync(processor, ("b", 640_000));
        Assert.Equal(["a[0,60000]=1"], _published);
    }

    [Fact]
    public async Task DeleteExpiredAsync_FunctionThatHeldResultsNoLongerDoes_DeletesTheRow()
    {
        await RunAsync(Held(TimeWindows.Tumbling(Minute), TimeSpan.FromDays(1)), ("a", 30_000), ("b", 600_000));
        _state = new StateRuntime(_storage, "app", time: _time, topics: _topics);
        _time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(1, await MaintenanceOf(Updates(TimeWindows.Tumbling(Minute))).DeleteExpiredAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DeleteExpiredAsync_WindowsAreGone_DeletesTheRowOnceItWasNotWrittenForAWhile(bool hasFinals)
    {
        var processor = hasFinals ? Finals(TimeWindows.Tumbling(Minute)) : Updates(TimeWindows.Tumbling(Minute));
        await RunAsync(processor, ("gone", 30_000), ("kept", 30_000));
        await RunAsync(processor, ("kept", 600_000));

        Assert.Equal(0, await MaintenanceOf(processor).DeleteExpiredAsync(TestContext.Current.CancellationToken));
        _time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(1, await MaintenanceOf(processor).DeleteExpiredAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await MaintenanceOf(processor).DeleteExpiredAsync(TestContext.Current.CancellationToken));

        await RunAsync(processor, ("gone", 610_000));
        await RunAsync(processor, ("kept", 700_000));
        Assert.Contains("gone[600000,660000]=1", _published);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DeleteExpiredAsync_WindowIsKept_DeletesTheRowWhenItIsNot(bool hasFinals)
    {
        var windows = TimeWindows.Tumbling(Minute).WithRetention(TimeSpan.FromMinutes(5));
        var processor = hasFinals ? Finals(windows) : Updates(windows);
        await RunAsync(processor, ("a", 30_000), ("b", 359_999));
        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(0, await MaintenanceOf(processor).DeleteExpiredAsync(TestContext.Current.CancellationToken));
        await RunAsync(processor, ("b", 360_000));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await MaintenanceOf(processor).DeleteExpiredAsync(TestContext.Current.CancellationToken));
    }

    private async Task WhatTheRunBeforeLeftIsPublishedAsync(StreamProcessor processor)
    {
        await RunAsync(processor, ("a", 30_000));
        _time.Advance(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<InvalidOperationException>(() => MaintenanceOf(processor).CloseIdleAsync(
            (_, _) => throw new InvalidOperationException("The instance dies."), TestContext.Current.CancellationToken));

        _state = new StateRuntime(_storage, "app", time: _time, topics: _topics);
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(1, await CloseIdleAsync(processor));
        Assert.Equal(["a[0,60000]=1 idle"], _published);
    }

    private static StreamProcessor Finals(TimeWindows windows) => KStream.From(Serdes.Utf8, Serdes.Bytes)
        .GroupByKey(Serdes.Utf8).WindowedBy(windows).LateTo(Late).EmitFinal().Count("windows").To(Serdes.SessionWindowed(Serdes.Utf8), Serdes.Int64);

    private static StreamProcessor Held(TimeWindows windows, TimeSpan limit) => KStream.From(Serdes.Utf8, Serdes.Bytes)
        .GroupByKey(Serdes.Utf8).WindowedBy(windows).Count("windows").Suppress(Suppressed.UntilTimeLimit(limit)).To(Serdes.SessionWindowed(Serdes.Utf8), Serdes.Int64);

    private static StreamProcessor Updates(TimeWindows windows) => KStream.From(Serdes.Utf8, Serdes.Bytes)
        .GroupByKey(Serdes.Utf8).WindowedBy(windows).Count("windows").To(Serdes.SessionWindowed(Serdes.Utf8), Serdes.Int64);

    private StateMaintenance MaintenanceOf(StreamProcessor processor) => new(processor, _state, _function);

    private Task<int> CloseIdleAsync(StreamProcessor processor) => MaintenanceOf(processor).CloseIdleAsync(
        (results, _) =>
        {
            Publish(results);
            return Task.CompletedTask;
        },
        TestContext.Current.CancellationToken);

    private async Task RunAsync(StreamProcessor processor, params (string Key, long Timestamp)[] records)
    {
        var from = _topics["events", 0];
        _topics["events", 0] += records.Length;
        await CompleteAsync(await ApplyAsync(processor, _state, from, records));
    }

    private Task<StreamResult> ApplyAsync(StreamProcessor processor, StateRuntime state, long from, params (string Key, long Timestamp)[] records) => processor.RunAsync(
        Enumerable.Range(0, records.Length).ToList(),
        i => new InputRecord("events", 0, from + i, Serdes.Utf8.Serialize(records[i].Key), [1], records[i].Timestamp, []),
        state,
        _function,
        cancellationToken: TestContext.Current.CancellationToken);

    private async Task CompleteAsync(StreamResult result)
    {
        Publish(result);
        while (await result.Completion!.DrainAsync(TestContext.Current.CancellationToken) is { } finals)
        {
            Publish(finals);
        }

        await result.Completion.CommitAsync(TestContext.Current.CancellationToken);
    }

    private void Publish(StreamResult result)
    {
        foreach (var output in result[StreamProcessor.ReturnOutput])
        {
            var windowed = Serdes.SessionWindowed(Serdes.Utf8).Deserialize(output.Key);
            var reason = output.Headers.FirstOrDefault(header => header.Key == HeaderNames.ClosedBy).ValueAsText is { } text ? " " + text : "";
            _published.Add(FormattableString.Invariant($"{windowed.Key}[{windowed.Window.Start},{windowed.Window.End}]={Serdes.Int64.Deserialize(output.Value)}{reason}"));
        }
    }

    /// <summary>Before the first row of a key is read.</summary>
    private sealed class OnFirstRead : IStateHook
    {
        public Action Reached { get; init; } = () => { };

        public ValueTask BeforeAsync(StateOperation operation, CancellationToken cancellationToken)
        {
            if (operation is { Kind: StateOperationKind.Read, Bucket: { } bucket } && bucket != StateBucket.Progress)
            {
                Reached();
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask AfterAsync(StateOperation operation, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
