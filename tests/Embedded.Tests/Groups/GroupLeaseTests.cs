using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Embedded.Tests.Groups;

public sealed class GroupLeaseTests : IDisposable
{
    private readonly LogFixture _fixture = new();

    private EmbeddedLog Log => _fixture.Log;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task TryAcquireGroupAsync_Free_IsTheLease()
    {
        using var lease = await Log.TryAcquireGroupAsync("g", _fixture.Cancellation);

        Assert.Equal("g", lease!.ConsumerGroup);
    }

    [Fact]
    public async Task TryAcquireGroupAsync_HeldByTheSameOrAnotherProcess_IsNull()
    {
        var other = _fixture.OpenAgain();
        using var lease = await Log.TryAcquireGroupAsync("g", _fixture.Cancellation);

        Assert.Null(await Log.TryAcquireGroupAsync("g", _fixture.Cancellation));
        Assert.Null(await other.TryAcquireGroupAsync("g", _fixture.Cancellation));
    }

    [Fact]
    public async Task TryAcquireGroupAsync_OtherGroupsOfAnyName_AreFree()
    {
        string[] names = ["g", "G", "$Default", "a/b", "a_b", "ä", new string('x', 500), new string('x', 501)];

        var leases = new List<GroupLease?>();
        foreach (var name in names)
        {
            leases.Add(await Log.TryAcquireGroupAsync(name, _fixture.Cancellation));
        }

        Assert.All(leases, Assert.NotNull);
        leases.ForEach(lease => lease!.Dispose());
    }

    [Fact]
    public async Task TryAcquireGroupAsync_Concurrently_OneWins()
    {
        var other = _fixture.OpenAgain();

        var leases = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            Task.Run(() => (i % 2 == 0 ? Log : other).TryAcquireGroupAsync("g", _fixture.Cancellation))));

        using var lease = Assert.Single(leases, lease => lease is not null);
    }

    [Fact]
    public async Task Dispose_GivesTheGroupBack()
    {
        var other = _fixture.OpenAgain();
        var lease = await Log.TryAcquireGroupAsync("g", _fixture.Cancellation);

        lease!.Dispose();

        using var next = await other.TryAcquireGroupAsync("g", _fixture.Cancellation);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task CommitAsync_Held_IsReadBack()
    {
        var topic = await _fixture.CreateTopicAsync();
        using var lease = await Log.TryAcquireGroupAsync("g", _fixture.Cancellation);

        await lease!.CommitAsync([new GroupOffset(topic, 0, 3)], _fixture.Cancellation);

        Assert.Equal([new CommittedOffset(0, 3)], Log.GetCommitted("g", topic));
    }

    [Fact]
    public async Task CommitAsync_Disposed_ThrowsAndCommitsNothing()
    {
        var topic = await _fixture.CreateTopicAsync();
        var lease = await Log.TryAcquireGroupAsync("g", _fixture.Cancellation);
        lease!.Dispose();

        var error = await Assert.ThrowsAsync<GroupLeaseLostException>(() => lease.CommitAsync([new GroupOffset(topic, 0, 3)], _fixture.Cancellation));

        Assert.Equal("g", error.ConsumerGroup);
        Assert.Equal([new CommittedOffset(0, null)], Log.GetCommitted("g", topic));
    }

    [Fact]
    public async Task CommitAsync_LockLostUnnoticed_IsFencedByTheNextOwner()
    {
        var topic = await _fixture.CreateTopicAsync();
        var other = _fixture.OpenAgain();
        using var zombie = await Log.TryAcquireGroupAsync("g", _fixture.Cancellation);
        // A lock that is gone without its owner knowing: deleting the file lets another one be locked.
        Directory.Delete(Path.Combine(_fixture.Directory, "groups"), recursive: true);
        using var owner = await other.TryAcquireGroupAsync("g", _fixture.Cancellation);
        await owner!.CommitAsync([new GroupOffset(topic, 0, 9)], _fixture.Cancellation);

        await Assert.ThrowsAsync<GroupLeaseLostException>(() => zombie!.CommitAsync([new GroupOffset(topic, 0, 3)], _fixture.Cancellation));

        Assert.Equal([new CommittedOffset(0, 9)], Log.GetCommitted("g", topic));
    }

    [Fact]
    public async Task TryAcquireGroupAsync_LockDirectoryUnusable_NamesTheSetting()
    {
        await File.WriteAllTextAsync(Path.Combine(_fixture.Directory, "groups"), "in the way", _fixture.Cancellation);

        var error = await Assert.ThrowsAsync<EmbeddedLogException>(() => Log.TryAcquireGroupAsync("g", _fixture.Cancellation));

        Assert.Equal(_fixture.Directory, error.DataDirectory);
    }
}
