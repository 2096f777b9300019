using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Contracts.State;

/// <summary>Every promise of <see cref="IStateStorage"/> and <see cref="IStateStore"/>; each implementation inherits it.</summary>
/// <remarks>Stores have names of their own: suites may share a storage. A storage that is not there is a skip in
/// <see cref="OpenStorageAsync"/>.</remarks>
public abstract partial class StateStoreContract : IAsyncLifetime
{
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(60);

    private readonly List<string> _names = [];
    private CancellationTokenSource _limit = null!;

    /// <summary>The storage under test.</summary>
    protected IStateStorage Storage { get; private set; } = null!;

    /// <summary>Ends with the test run, or when the test has taken too long.</summary>
    protected CancellationToken Cancellation => _limit.Token;

    /// <summary>Whether rows are there when the storage is opened again.</summary>
    protected virtual bool IsDurable => true;

    /// <summary>The largest value that the tests write. Lower it for an emulator that takes less than its service.</summary>
    protected virtual int LargestValueBytes => StateLimits.MaxValueBytes;

    /// <summary>Most bytes of one transaction that the tests write.</summary>
    protected virtual int LargestTransactionBytes => StateLimits.MaxBytesPerTransaction;

    /// <summary>Random cases of a property. Lower it where a call takes milliseconds.</summary>
    protected virtual int Cases => 40;

    /// <summary>Increments by each of the concurrent writers.</summary>
    protected virtual int Increments => 50;

    protected static StateBucket Bucket { get; } = new(7);

    public virtual async ValueTask InitializeAsync()
    {
        _limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        _limit.CancelAfter(WaitLimit);
        Storage = await OpenStorageAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (Storage is not null)
        {
            foreach (var name in _names)
            {
                await Storage.DeleteAsync(name, CancellationToken.None);
            }

            await Storage.DisposeAsync();
        }

        _limit.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the storage under test; on later calls the same one again, as another process would. The caller disposes it.</summary>
    protected abstract ValueTask<IStateStorage> OpenStorageAsync();

    /// <summary>A name that no other test uses; ordinal order of names is the order of <paramref name="hint"/>s.</summary>
    protected string UniqueName(string hint = "store")
    {
        var name = $"{hint}-{Guid.NewGuid():N}";
        _names.Add(name);
        return name;
    }

    protected async Task<IStateStore> OpenStoreAsync() => await Storage.OpenAsync(UniqueName(), Cancellation);

    protected static StateKey Key(string text) => new([.. text.Select(c => checked((byte)c))]);

    protected static byte[] Value(string text) => [.. text.Select(c => checked((byte)c))];

    /// <summary>Bytes without pattern, the same for the same seed.</summary>
    protected static byte[] Noise(int length, int seed = 1)
    {
        var bytes = new byte[length];
        for (var (i, state) = (0, (uint)seed); i < length; i++)
        {
            state = (state * 1_664_525) + 1_013_904_223;
            bytes[i] = (byte)(state >> 24);
        }

        return bytes;
    }

    protected static StateWrite Insert(string key, string value) => new(Key(key), Value(value), null);

    protected async Task<string> WriteAsync(IStateStore store, StateWrite write) =>
        (await store.WriteAsync(Bucket, [write], Cancellation))[0]!;

    protected async Task<StateRow?> ReadAsync(IStateStore store, StateKey key) =>
        (await store.ReadAsync(Bucket, [key], Cancellation))[0];

    protected async Task<StateRow> GetAsync(IStateStore store, string key)
    {
        var row = await ReadAsync(store, Key(key));
        Assert.NotNull(row);
        return row;
    }

    protected async Task<List<StateRow>> ScanAsync(IStateStore store, StateRange range, StateBucket? bucket = null)
    {
        var rows = new List<StateRow>();
        await foreach (var row in store.ScanAsync(bucket ?? Bucket, range, Cancellation))
        {
            rows.Add(row);
        }

        return rows;
    }

    protected async Task<StateConflictException> AssertConflictAsync(IStateStore store, params StateWrite[] writes)
    {
        var conflict = await Assert.ThrowsAsync<StateConflictException>(() => store.WriteAsync(Bucket, writes, Cancellation));
        Assert.Equal(store.Name, conflict.Store);
        Assert.Equal(Bucket, conflict.Bucket);
        return conflict;
    }
}
