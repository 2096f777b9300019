using Microsoft.Extensions.Time.Testing;

namespace KafkaFunctions.Tables.Tests.Resilience;

public sealed class BucketPacerTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task WaitAsync_NothingRefused_DoesNotWait()
    {
        using var pacer = new BucketPacer(_time);

        for (var i = 0; i < 1_000; i++)
        {
            Assert.True(Wait(pacer, 100).IsCompleted);
        }

        await Task.CompletedTask;
        Assert.Null(pacer.Rate);
    }

    [Fact]
    public async Task WaitAsync_AfterARefusal_GoesByTheRateThatWasTaken()
    {
        using var pacer = Paced(rate: 1_000);

        Assert.Equal(900, pacer.Rate!.Value, 1.0);
        await Wait(pacer, 100);
        var next = Wait(pacer, 100);
        _time.Advance(TimeSpan.FromMilliseconds(80));
        Assert.False(next.IsCompleted);
        await AdvanceUntilAsync(next);
    }

    [Fact]
    public void Refused_SentBeforeTheLastChange_ChangesNothing()
    {
        using var pacer = new BucketPacer(_time);
        var sentAt = _time.GetTimestamp();
        pacer.Taken(1_000);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(pacer.Refused(sentAt));
        Assert.False(pacer.Refused(sentAt));
        Assert.True(pacer.Refused(_time.GetTimestamp()));
    }

    [Fact]
    public async Task WaitAsync_LongAfterTheLastRefusal_IsFreeAgain()
    {
        using var pacer = Paced(rate: 1_000);
        await Wait(pacer, 10_000);

        _time.Advance(TimeSpan.FromSeconds(61));

        Assert.True(Wait(pacer, 10_000).IsCompleted);
        Assert.True(Wait(pacer, 10_000).IsCompleted);
        Assert.Null(pacer.Rate);
    }

    [Fact]
    public async Task WaitAsync_Cancelled_LetsTheNextGo()
    {
        using var pacer = Paced(rate: 1_000);
        await Wait(pacer, 100);
        using var stop = new CancellationTokenSource();
        var cancelled = pacer.WaitAsync(100, stop.Token).AsTask();
        var next = Wait(pacer, 100);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await AdvanceUntilAsync(next);
    }

    private static Task Wait(BucketPacer pacer, int rows) => pacer.WaitAsync(rows, TestContext.Current.CancellationToken).AsTask();

    private BucketPacer Paced(int rate)
    {
        var pacer = new BucketPacer(_time);
        for (var i = 0; i < 20; i++)
        {
            pacer.Taken(rate / 10);
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        pacer.Taken(rate / 10);
        Assert.True(pacer.Refused(_time.GetTimestamp()));
        return pacer;
    }

    private async Task AdvanceUntilAsync(Task task)
    {
        for (var i = 0; i < 1_000 && !task.IsCompleted; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        await task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }
}
