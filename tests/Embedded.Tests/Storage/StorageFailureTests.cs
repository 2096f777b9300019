using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using Microsoft.Data.Sqlite;
using static KafkaFunctions.Contracts.TestRecords;

namespace KafkaFunctions.Embedded.Tests.Storage;

public sealed class StorageFailureTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task AppendAsync_DiskFull_StoresNothingAndGoesOnOnceThereIsSpace()
    {
        var options = new EmbeddedLogOptions { MaxPages = 200 };
        using var log = EmbeddedLog.Open(_directory.FullName, options);
        await log.CreateTopicAsync(new TopicSpecification("topic", 2), Cancellation);
        await log.AppendAsync("topic", 0, Numbered("before", 3), Cancellation);
        OutputRecord[] large = [.. Enumerable.Range(0, 100).Select(i => new OutputRecord(null, new byte[20_000]))];

        var error = await Assert.ThrowsAsync<EmbeddedLogException>(() => log.AppendAsync("topic", large, Cancellation));
        Assert.Equal(_directory.FullName, error.DataDirectory);
        Assert.Contains("DataDirectory", error.Message, StringComparison.Ordinal);
        Assert.All(large, record => Assert.Null(record.Position));
        Assert.Equal([new PartitionOffsets(0, 0, 3), new PartitionOffsets(1, 0, 0)], log.GetOffsets("topic"));
        Assert.Equal(3, log.Read("topic", 0, 0, 100, 10_000_000).Count);

        await log.AppendAsync("topic", 0, Numbered("small", 1), Cancellation);
        options.MaxPages = null;
        // The limit is read when the writer opens the file again, which a failure makes it do.
        await Assert.ThrowsAsync<EmbeddedLogException>(() => log.AppendAsync("topic", large, Cancellation));
        await log.AppendAsync("topic", large, Cancellation);
        await log.AppendAsync("topic", 0, Numbered("after", 1), Cancellation);

        Assert.Equal(3 + 1 + 50 + 1, log.Read("topic", 0, 0, 1_000, 10_000_000).Count);
    }

    [Fact]
    public async Task AppendAsync_FileIsGone_AcknowledgesNothingUntilItIsPutBack()
    {
        using var log = EmbeddedLog.Open(_directory.FullName);
        await log.CreateTopicAsync(new TopicSpecification("topic", 1), Cancellation);
        await log.AppendAsync("topic", 0, Numbered("before", 1), Cancellation);
        var file = Path.Combine(_directory.FullName, "events.db");
        File.Move(file, file + ".moved");

        var error = await Assert.ThrowsAsync<EmbeddedLogException>(() => log.AppendAsync("topic", 0, Numbered("lost", 1), Cancellation));
        Assert.Contains("is gone", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<EmbeddedLogException>(() => log.AppendAsync("topic", 0, Numbered("lost", 1), Cancellation));
        Assert.False(File.Exists(file));

        File.Move(file + ".moved", file);
        await log.AppendAsync("topic", 0, Numbered("after", 1), Cancellation);
        Assert.Equal(2, log.Read("topic", 0, 0, 10, 1_000).Count);
    }

    [Fact]
    public async Task AppendAsync_DiskFull_FailsWhatIsQueuedBehindIt()
    {
        using var log = EmbeddedLog.Open(_directory.FullName, new EmbeddedLogOptions { MaxPages = 200 });
        await log.CreateTopicAsync(new TopicSpecification("topic", 1), Cancellation);

        await using var other = await ConnectAsync();
        var transaction = other.BeginTransaction(deferred: false);

        // More than a transaction takes together with others, so the second append waits in the queue until the lock is free.
        var tooMuch = log.AppendAsync("topic", [.. Enumerable.Range(0, 100).Select(_ => new OutputRecord(null, new byte[200_000]))], Cancellation);
        var behind = log.AppendAsync("topic", Numbered("behind", 1), Cancellation);
        await transaction.DisposeAsync();

        await Assert.ThrowsAsync<EmbeddedLogException>(() => tooMuch);
        await Assert.ThrowsAsync<EmbeddedLogException>(() => behind);
        Assert.Empty(log.Read("topic", 0, 0, 10, 1_000));
    }

    [Fact]
    public async Task PublishAsync_DiskFull_IsAPublishException()
    {
        using var log = EmbeddedLog.Open(_directory.FullName, new EmbeddedLogOptions { MaxPages = 200 });
        await log.CreateTopicAsync(new TopicSpecification("topic", 1), Cancellation);
        await using var publisher = new EmbeddedRecordPublisher(log);

        var error = await Assert.ThrowsAsync<PublishException>(
            () => publisher.PublishAsync("topic", [.. Enumerable.Range(0, 3).Select(_ => new OutputRecord(null, new byte[500_000]))], Cancellation));

        Assert.Equal("topic", error.Topic);
        Assert.IsType<EmbeddedLogException>(error.InnerException);
    }

    [Fact]
    public async Task AppendAsync_AnotherProcessHoldsTheLock_FailsAndGoesOnAfterwards()
    {
        using var log = EmbeddedLog.Open(_directory.FullName, new EmbeddedLogOptions { LockTimeout = TimeSpan.FromMilliseconds(50) });
        await log.CreateTopicAsync(new TopicSpecification("topic", 1), Cancellation);
        await using (var other = await ConnectAsync())
        {
            await using var transaction = other.BeginTransaction(deferred: false);
            await Assert.ThrowsAsync<EmbeddedLogException>(() => log.AppendAsync("topic", Numbered("locked", 1), Cancellation));
        }

        await log.AppendAsync("topic", Numbered("free", 1), Cancellation);

        Assert.Equal("free0", Text(Assert.Single(log.Read("topic", 0, 0, 10, 1_000)).Value));
    }

    [Fact]
    public void Open_FileInTheWay_NamesTheSetting()
    {
        File.WriteAllText(_directory.File("file"), "");

        var error = Assert.Throws<EmbeddedLogException>(() => EmbeddedLog.Open(_directory.File("file/data")));

        Assert.Equal(_directory.File("file/data"), error.DataDirectory);
    }

    [Fact]
    public void Open_DirectoryInTheWay_NamesTheSetting()
    {
        Directory.CreateDirectory(_directory.File("events.db"));

        Assert.Throws<EmbeddedLogException>(() => EmbeddedLog.Open(_directory.FullName));
    }

    [Fact]
    public void Open_NoDatabase_RefusesAndLeavesIt()
    {
        var text = string.Concat(Enumerable.Repeat("no database ", 1_000));
        File.WriteAllText(_directory.File("events.db"), text);

        Assert.Throws<EmbeddedLogException>(() => EmbeddedLog.Open(_directory.FullName));

        Assert.Equal(text, File.ReadAllText(_directory.File("events.db")));
    }

    [Fact]
    public async Task Open_AnotherApplicationsDatabase_RefusesAndLeavesIt()
    {
        await ExecuteAsync("CREATE TABLE theirs (id INTEGER)");

        Assert.Throws<EmbeddedLogException>(() => EmbeddedLog.Open(_directory.FullName));

        await ExecuteAsync("INSERT INTO theirs VALUES (1)");
    }

    [Fact]
    public async Task Open_NewerFormat_Refuses()
    {
        EmbeddedLog.Open(_directory.FullName).Dispose();
        await ExecuteAsync("PRAGMA user_version = 99");

        var error = Assert.Throws<EmbeddedLogException>(() => EmbeddedLog.Open(_directory.FullName));

        Assert.Contains("99", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_Concurrently_EveryoneSucceeds()
    {
        var logs = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => EmbeddedLog.Open(_directory.FullName), Cancellation)));

        await logs[0].CreateTopicAsync(new TopicSpecification("topic", 1), Cancellation);

        Assert.All(logs, log => Assert.NotNull(log.FindTopic("topic")));
        Array.ForEach(logs, log => log.Dispose());
    }

    private async Task<SqliteConnection> ConnectAsync()
    {
        var connection = new SqliteConnection($"Data Source={_directory.File("events.db")};Pooling=False");
        await connection.OpenAsync(Cancellation);
        return connection;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
