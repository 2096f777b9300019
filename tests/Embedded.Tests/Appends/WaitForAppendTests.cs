using KafkaFunctions.Streams.Brokers;
using static KafkaFunctions.Contracts.TestRecords;

namespace KafkaFunctions.Embedded.Tests.Appends;

public sealed class WaitForAppendTests : IDisposable
{
    // Longer than any test: only appends of the same process wake a wait.
    private static readonly EmbeddedLogOptions NoPolling = new() { PollInterval = TimeSpan.FromHours(1) };

    private readonly LogFixture _fixture = new(NoPolling);

    private EmbeddedLog Log => _fixture.Log;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task WaitForAppendAsync_RecordIsThere_CompletesAtOnce()
    {
        var topic = await _fixture.CreateTopicAsync();
        await Log.AppendAsync(topic, Numbered("v", 2), _fixture.Cancellation);

        await Log.WaitForAppendAsync(topic, 0, 1, _fixture.Cancellation);
    }

    [Fact]
    public async Task WaitForAppendAsync_SameProcessAppends_Completes()
    {
        var topic = await _fixture.CreateTopicAsync();
        var first = Log.WaitForAppendAsync(topic, 0, 0, _fixture.Cancellation);
        var second = Log.WaitForAppendAsync(topic, 0, 1, _fixture.Cancellation);
        Assert.False(first.IsCompleted);

        await Log.AppendAsync(topic, Numbered("v", 1), _fixture.Cancellation);
        await first;
        Assert.False(second.IsCompleted);
        await Log.AppendAsync(topic, Numbered("v", 1), _fixture.Cancellation);

        await second;
    }

    [Fact]
    public async Task WaitForAppendAsync_OtherPartition_GoesOnWaiting()
    {
        var topic = await _fixture.CreateTopicAsync(partitions: 2);
        var wait = Log.WaitForAppendAsync(topic, 1, 0, _fixture.Cancellation);

        await Log.AppendAsync(topic, 0, Numbered("v", 1), _fixture.Cancellation);

        Assert.False(wait.IsCompleted);
        await Log.AppendAsync(topic, 1, Numbered("v", 1), _fixture.Cancellation);
        await wait;
    }

    [Fact]
    public async Task WaitForAppendAsync_AnotherProcessAppends_Completes()
    {
        var topic = await _fixture.CreateTopicAsync();
        var reader = _fixture.OpenAgain(new EmbeddedLogOptions());

        for (var offset = 0; offset < 20; offset++)
        {
            var wait = reader.WaitForAppendAsync(topic, 0, offset, _fixture.Cancellation);
            Assert.False(wait.IsCompleted);
            await Log.AppendAsync(topic, Numbered("v", 1), _fixture.Cancellation);
            await wait;
        }
    }

    [Fact]
    public async Task WaitForAppendAsync_Cancelled_Throws()
    {
        var topic = await _fixture.CreateTopicAsync();
        using var stop = new CancellationTokenSource();
        var wait = Log.WaitForAppendAsync(topic, 0, 0, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public async Task WaitForAppendAsync_LogDisposed_Throws()
    {
        var topic = await _fixture.CreateTopicAsync();
        var wait = Log.WaitForAppendAsync(topic, 0, 0, _fixture.Cancellation);

        Log.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => wait);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Log.WaitForAppendAsync(topic, 0, 0, _fixture.Cancellation));
    }

    [Fact]
    public async Task WaitForAppendAsync_UnknownTopicOrPartition_Throws()
    {
        var topic = await _fixture.CreateTopicAsync();

        await Assert.ThrowsAsync<TopicNotFoundException>(() => Log.WaitForAppendAsync("none", 0, 0, _fixture.Cancellation));
        await Assert.ThrowsAsync<TopicNotFoundException>(() => Log.WaitForAppendAsync(topic, 1, 0, _fixture.Cancellation));
    }
}
