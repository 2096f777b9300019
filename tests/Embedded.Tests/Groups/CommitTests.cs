using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Embedded.Tests.Groups;

public sealed class CommitTests : IDisposable
{
    private readonly LogFixture _fixture = new();

    private EmbeddedLog Log => _fixture.Log;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task CommitAsync_SeveralTopics_AreReadBack()
    {
        await _fixture.CreateTopicAsync(2, "a");
        await _fixture.CreateTopicAsync(1, "b");

        await Log.CommitAsync("g", [new GroupOffset("a", 1, 5), new GroupOffset("b", 0, 7)], _fixture.Cancellation);

        Assert.Equal([new CommittedOffset(0, null), new CommittedOffset(1, 5)], Log.GetCommitted("g", "a"));
        Assert.Equal([new CommittedOffset(0, 7)], Log.GetCommitted("g", "b"));
        Assert.Equal([new CommittedOffset(0, null)], Log.GetCommitted("other", "b"));
    }

    [Fact]
    public async Task CommitAsync_LowerOffset_IsSet()
    {
        var topic = await _fixture.CreateTopicAsync();
        await Log.CommitAsync("g", [new GroupOffset(topic, 0, 5)], _fixture.Cancellation);

        await Log.CommitAsync("g", [new GroupOffset(topic, 0, 2)], _fixture.Cancellation);

        Assert.Equal([new CommittedOffset(0, 2)], Log.GetCommitted("g", topic));
    }

    [Theory]
    [InlineData("none", 0)]
    [InlineData("topic", 1)]
    public async Task CommitAsync_OneUnknown_CommitsNothing(string unknownTopic, int unknownPartition)
    {
        var topic = await _fixture.CreateTopicAsync();

        await Assert.ThrowsAsync<TopicNotFoundException>(() => Log.CommitAsync(
            "g", [new GroupOffset(topic, 0, 5), new GroupOffset(unknownTopic, unknownPartition, 5)], _fixture.Cancellation));

        Assert.Equal([new CommittedOffset(0, null)], Log.GetCommitted("g", topic));
    }

    [Fact]
    public async Task CommitAsync_Reopened_IsKept()
    {
        var topic = await _fixture.CreateTopicAsync();
        await Log.CommitAsync("g", [new GroupOffset(topic, 0, 5)], _fixture.Cancellation);
        Log.Dispose();

        Assert.Equal([new CommittedOffset(0, 5)], _fixture.OpenAgain().GetCommitted("g", topic));
    }
}
