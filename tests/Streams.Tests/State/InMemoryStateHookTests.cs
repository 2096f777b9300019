using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.InMemory;

namespace KafkaFunctions.Streams.Tests.State;

public sealed class InMemoryStateHookTests : IAsyncLifetime
{
    private static readonly StateBucket Bucket = new(3);
    private static readonly StateKey Key = new([1]);

    private readonly TestHook _hook = new();
    private readonly InMemoryStateStorage _storage = new();
    private IStateStore _store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await _storage.OpenAsync("store", Cancellation);
        _storage.Hook = _hook;
    }

    public async ValueTask DisposeAsync() => await _storage.DisposeAsync();

    [Fact]
    public async Task Calls_OfEveryKind_AreSeenBeforeAndAfter()
    {
        await _storage.OpenAsync("other", Cancellation);
        await _storage.ListAsync(Cancellation);
        await _store.WriteAsync(Bucket, [Insert("v")], Cancellation);
        await _store.ReadAsync(Bucket, [Key], Cancellation);
        await foreach (var row in _store.ScanAsync(Bucket, StateRange.All, Cancellation))
        {
            _hook.Seen.Add(row.Key.ToString());
        }

        await _storage.DeleteAsync("other", Cancellation);

        Assert.Equal(
            [
                "before Open other", "after Open other", "before List", "after List",
                "before Write store 0003", "after Write store 0003", "before Read store 0003", "after Read store 0003",
                "before Scan store 0003", "after Scan store 0003", "01", "before Delete other", "after Delete other",
            ],
            _hook.Seen);
    }

    [Fact]
    public void Calls_HookCompletesAtOnce_CompleteAtOnce()
    {
        Assert.True(_storage.OpenAsync("other", Cancellation).AsTask().IsCompletedSuccessfully);
        Assert.True(_storage.ListAsync(Cancellation).IsCompletedSuccessfully);
        Assert.True(_store.WriteAsync(Bucket, [Insert("v")], Cancellation).IsCompletedSuccessfully);
        Assert.True(_store.ReadAsync(Bucket, [Key], Cancellation).IsCompletedSuccessfully);
        Assert.True(_store.ScanAsync(Bucket, StateRange.All, Cancellation).GetAsyncEnumerator(Cancellation).MoveNextAsync().AsTask().IsCompletedSuccessfully);
        Assert.True(_storage.DeleteAsync("other", Cancellation).IsCompletedSuccessfully);
    }

    [Fact]
    public void WriteAsync_HookPending_GoesOnWhereItIsCompleted() => WithoutSynchronizationContext(() =>
    {
        var gate = new TaskCompletionSource();
        _hook.Before = _ => new ValueTask(gate.Task);
        _hook.After = _ =>
        {
            _hook.Seen.Add($"thread {Environment.CurrentManagedThreadId}");
            return ValueTask.CompletedTask;
        };
        var write = _store.WriteAsync(Bucket, [Insert("v")], Cancellation);
        Assert.False(write.IsCompleted);

        gate.SetResult();

        Assert.True(write.IsCompletedSuccessfully);
        Assert.Contains($"thread {Environment.CurrentManagedThreadId}", _hook.Seen);
    });

    [Fact]
    public async Task WriteAsync_AnotherComesBetween_IsAConflict()
    {
        _hook.Before = async operation =>
        {
            _hook.Before = _ => ValueTask.CompletedTask;
            await _store.WriteAsync(Bucket, [Insert("theirs")], Cancellation);
        };

        await Assert.ThrowsAsync<StateConflictException>(() => _store.WriteAsync(Bucket, [Insert("ours")], Cancellation));

        Assert.Equal("theirs"u8.ToArray(), (await ReadAsync())!.Value);
    }

    [Fact]
    public async Task WriteAsync_FailureBefore_WritesNothing()
    {
        _hook.Before = _ => throw new StateUnavailableException("store", "The test says so.");

        await Assert.ThrowsAsync<StateUnavailableException>(() => _store.WriteAsync(Bucket, [Insert("v")], Cancellation));

        _hook.Before = _ => ValueTask.CompletedTask;
        Assert.Null(await ReadAsync());
    }

    [Fact]
    public async Task WriteAsync_FailureAfter_IsALostAcknowledgement()
    {
        _hook.After = _ => throw new StateUnavailableException("store", "The test says so.");

        await Assert.ThrowsAsync<StateUnavailableException>(() => _store.WriteAsync(Bucket, [Insert("v")], Cancellation));

        _hook.After = _ => ValueTask.CompletedTask;
        Assert.Equal("v"u8.ToArray(), (await ReadAsync())!.Value);
    }

    private async Task<StateRow?> ReadAsync() => (await _store.ReadAsync(Bucket, [Key], Cancellation))[0];

    private static StateWrite Insert(string value) => new(Key, System.Text.Encoding.ASCII.GetBytes(value), null);

    private static void WithoutSynchronizationContext(Action test)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            test();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private sealed class TestHook : IStateHook
    {
        public List<string> Seen { get; } = [];

        public Func<StateOperation, ValueTask> Before { get; set; } = _ => ValueTask.CompletedTask;

        public Func<StateOperation, ValueTask> After { get; set; } = _ => ValueTask.CompletedTask;

        public ValueTask BeforeAsync(StateOperation operation, CancellationToken cancellationToken)
        {
            Seen.Add($"before {operation.Kind} {operation.Store} {operation.Bucket}".TrimEnd());
            return Before(operation);
        }

        public ValueTask AfterAsync(StateOperation operation, CancellationToken cancellationToken)
        {
            Seen.Add($"after {operation.Kind} {operation.Store} {operation.Bucket}".TrimEnd());
            return After(operation);
        }
    }
}
