using KafkaFunctions.Embedded.State;
using KafkaFunctions.Streams.State;
using static KafkaFunctions.Embedded.Tests.State.StateFixture;

namespace KafkaFunctions.Embedded.Tests.State;

public sealed class SqliteStateFailureTests : IDisposable
{
    private readonly StateFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task WriteAsync_DiskFull_WritesNothingAndGoesOnOnceThereIsSpace()
    {
        var options = new SqliteStateOptions { MaxPages = 100 };
        await using var storage = _fixture.Open(options);
        var store = await storage.OpenAsync("store", Cancellation);
        await store.WriteAsync(Bucket, Inserts(0, 3), Cancellation);

        var error = await Assert.ThrowsAsync<StateUnavailableException>(() => store.WriteAsync(Bucket, Inserts(100, 100, valueBytes: 20_000), Cancellation));

        Assert.Equal("store", error.Store);
        Assert.Contains("DataDirectory", error.Message, StringComparison.Ordinal);
        Assert.Contains(_fixture.Directory, error.Message, StringComparison.Ordinal);
        Assert.Equal(3, await CountAsync(store));

        await store.WriteAsync(Bucket, Inserts(3, 1), Cancellation);
        options.MaxPages = null;
        // The limit is read when the writer opens the file again, which a failure makes it do.
        await Assert.ThrowsAsync<StateUnavailableException>(() => store.WriteAsync(Bucket, Inserts(100, 100, valueBytes: 20_000), Cancellation));
        await store.WriteAsync(Bucket, Inserts(100, 100, valueBytes: 20_000), Cancellation);
        Assert.Equal(104, await CountAsync(store));
    }

    [Fact]
    public async Task WriteAsync_AnotherProcessHoldsTheLock_FailsAndGoesOnAfterwards()
    {
        await using var storage = _fixture.Open(new SqliteStateOptions { LockTimeout = TimeSpan.FromMilliseconds(50) });
        var store = await storage.OpenAsync("store", Cancellation);
        await using (var other = await _fixture.ConnectAsync())
        {
            await using var transaction = other.BeginTransaction(deferred: false);
            await Assert.ThrowsAsync<StateUnavailableException>(() => store.WriteAsync(Bucket, Inserts(0, 1), Cancellation));
            Assert.Equal(0, await CountAsync(store));
        }

        await store.WriteAsync(Bucket, Inserts(1, 1), Cancellation);

        Assert.Equal([null, Key(1)], (await store.ReadAsync(Bucket, [Key(0), Key(1)], Cancellation)).Select(row => row?.Key));
    }

    [Fact]
    public async Task WriteAsync_AnotherProcessHoldsTheLockForAWhile_WaitsAndSharesOneTransaction()
    {
        await using var storage = _fixture.Open();
        var store = await storage.OpenAsync("store", Cancellation);
        var other = await _fixture.ConnectAsync();
        var transaction = other.BeginTransaction(deferred: false);
        var writes = Enumerable.Range(0, 30).Select(i => store.WriteAsync(new StateBucket(i), Inserts(0, 10), Cancellation)).ToArray();

        Assert.DoesNotContain(writes, write => write.IsCompleted);
        await transaction.DisposeAsync();
        await other.DisposeAsync();

        var etags = await Task.WhenAll(writes);
        Assert.Equal(30, etags.Select(each => Assert.Single(each.Distinct())).Distinct().Count());
    }

    [Fact]
    public async Task ReadAsync_WhileAnotherProcessHoldsTheLock_Reads()
    {
        await using var storage = _fixture.Open();
        var store = await storage.OpenAsync("store", Cancellation);
        await store.WriteAsync(Bucket, Inserts(0, 1), Cancellation);
        await using var other = await _fixture.ConnectAsync();
        await using var transaction = other.BeginTransaction(deferred: false);

        Assert.Equal(1, await CountAsync(store));
        Assert.Same(store, await storage.OpenAsync("store", Cancellation));
        Assert.Equal(["store"], await storage.ListAsync(Cancellation));
    }

    [Fact]
    public async Task Calls_FileDamaged_AreRefused()
    {
        await using (var storage = _fixture.Open())
        {
            var store = await storage.OpenAsync("store", Cancellation);
            await store.WriteAsync(Bucket, Inserts(0, 100, valueBytes: 2_000), Cancellation);
        }

        await using (var file = new FileStream(_fixture.FilePath, FileMode.Open))
        {
            // All but the first pages: the tables are known, their rows are not.
            const int kept = 6 * 4_096;
            file.Position = kept;
            await file.WriteAsync(Enumerable.Repeat((byte)0xEE, (int)file.Length - kept).ToArray(), Cancellation);
        }

        await using var damaged = _fixture.Open();
        var broken = await damaged.OpenAsync("store", Cancellation);
        var read = await Assert.ThrowsAsync<StateAccessException>(() => CountAsync(broken));
        Assert.Equal("store", read.Store);
        Assert.Contains("DataDirectory", read.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StateAccessException>(() => broken.WriteAsync(Bucket, Inserts(50, 1), Cancellation));
    }

    [Fact]
    public async Task Calls_FileIsGone_FailUntilItIsPutBack()
    {
        await using var storage = _fixture.Open();
        var store = await storage.OpenAsync("store", Cancellation);
        await store.WriteAsync(Bucket, Inserts(0, 1), Cancellation);
        var moved = _fixture.FilePath + ".moved";
        File.Move(_fixture.FilePath, moved);

        var error = await Assert.ThrowsAsync<StateUnavailableException>(() => store.WriteAsync(Bucket, Inserts(1, 1), Cancellation));
        Assert.Contains("is gone", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StateUnavailableException>(() => store.WriteAsync(Bucket, Inserts(1, 1), Cancellation));
        await Assert.ThrowsAsync<StateUnavailableException>(() => storage.ListAsync(Cancellation));
        Assert.False(File.Exists(_fixture.FilePath));

        File.Move(moved, _fixture.FilePath);
        await store.WriteAsync(Bucket, Inserts(1, 1), Cancellation);
        Assert.Equal(2, await CountAsync(store));
        Assert.Equal(["store"], await storage.ListAsync(Cancellation));
    }

    [Fact]
    public async Task Open_NoDatabase_RefusesAndLeavesIt()
    {
        var text = string.Concat(Enumerable.Repeat("no database ", 1_000));
        await File.WriteAllTextAsync(_fixture.FilePath, text, Cancellation);

        var error = Assert.Throws<StateAccessException>(() => _fixture.Open());

        Assert.Null(error.Store);
        Assert.Equal(text, await File.ReadAllTextAsync(_fixture.FilePath, Cancellation));
    }

    [Fact]
    public async Task Open_AnotherApplicationsDatabase_RefusesAndLeavesIt()
    {
        await _fixture.ExecuteAsync("CREATE TABLE theirs (id INTEGER)");

        Assert.Throws<StateAccessException>(() => _fixture.Open());

        await _fixture.ExecuteAsync("INSERT INTO theirs VALUES (1)");
    }

    [Fact]
    public async Task Open_NewerFormat_Refuses()
    {
        await _fixture.Open().DisposeAsync();
        await _fixture.ExecuteAsync("PRAGMA user_version = 99");

        var error = Assert.Throws<StateAccessException>(() => _fixture.Open());

        Assert.Contains("99", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileInTheWay_NamesTheSetting()
    {
        File.WriteAllText(_fixture.FilePath, "");

        var error = Assert.Throws<StateAccessException>(() => SqliteStateStorage.Open(Path.Combine(_fixture.FilePath, "data")));

        Assert.Contains("DataDirectory", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OptionOutOfRange_NamesIt() =>
        Assert.Throws<ArgumentException>("LockTimeout", () => _fixture.Open(new SqliteStateOptions { LockTimeout = TimeSpan.Zero }));

    [Fact]
    public async Task Open_Concurrently_EveryoneSucceeds()
    {
        var storages = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => _fixture.Open(), Cancellation)));

        await storages[0].OpenAsync("store", Cancellation);

        foreach (var storage in storages)
        {
            Assert.Equal(["store"], await storage.ListAsync(Cancellation));
            await storage.DisposeAsync();
        }
    }

    [Fact]
    public async Task Open_BesideTheEventLog_SharesTheDirectory()
    {
        using var log = EmbeddedLog.Open(_fixture.Directory);
        await using var storage = _fixture.Open();

        Assert.Equal(log.DataDirectory, storage.DataDirectory);
        Assert.NotNull(await storage.OpenAsync("store", Cancellation));
    }

    [Fact]
    public async Task DeleteAsync_ManyRows_LeavesNone()
    {
        await using var storage = _fixture.Open();
        var store = await storage.OpenAsync("store", Cancellation);
        await Task.WhenAll(StateTransactions.Split(Inserts(0, 2_500)).Select(part => store.WriteAsync(Bucket, part, Cancellation)));

        Assert.True(await storage.DeleteAsync("store", Cancellation));

        Assert.Equal(0L, await _fixture.ExecuteAsync("SELECT (SELECT count(*) FROM state_rows) + (SELECT count(*) FROM stores)"));
    }

    [Fact]
    public async Task Open_AfterADeletionWasCutShort_RemovesTheRest()
    {
        await using (var storage = _fixture.Open())
        {
            var store = await storage.OpenAsync("store", Cancellation);
            await store.WriteAsync(Bucket, Inserts(0, 10), Cancellation);
            await _fixture.ExecuteAsync("UPDATE stores SET name = NULL");
            Assert.Empty(await storage.ListAsync(Cancellation));
        }

        await _fixture.Open().DisposeAsync();

        Assert.Equal(0L, await _fixture.ExecuteAsync("SELECT (SELECT count(*) FROM state_rows) + (SELECT count(*) FROM stores)"));
    }

    [Fact]
    public async Task Calls_AfterDispose_AreRefused()
    {
        var storage = _fixture.Open();
        var store = await storage.OpenAsync("store", Cancellation);
        var write = store.WriteAsync(Bucket, Inserts(0, 1), Cancellation);

        await storage.DisposeAsync();
        await storage.DisposeAsync();

        Assert.Single(await write);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.ReadAsync(Bucket, [Key(1)], Cancellation));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.WriteAsync(Bucket, Inserts(1, 1), Cancellation));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => storage.OpenAsync("other", Cancellation).AsTask());
    }
}
