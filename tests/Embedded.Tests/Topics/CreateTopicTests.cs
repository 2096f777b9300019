using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Embedded.Tests.Topics;

public sealed class CreateTopicTests : IDisposable
{
    private readonly LogFixture _fixture = new();

    private EmbeddedLog Log => _fixture.Log;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task CreateTopicAsync_AnotherProcess_FindsIt()
    {
        var other = _fixture.OpenAgain();
        Assert.Null(other.FindTopic("topic"));

        await _fixture.CreateTopicAsync(3);

        Assert.Equal(new TopicDescription("topic", 3), other.FindTopic("topic"));
        Assert.False(await other.CreateTopicAsync(new TopicSpecification("topic", 1), _fixture.Cancellation));
    }

    [Fact]
    public async Task CreateTopicAsync_NameThatKafkaTakesForTheSame_Throws()
    {
        await _fixture.CreateTopicAsync(name: "page.views");

        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => Log.CreateTopicAsync(new TopicSpecification("page_views", 1), _fixture.Cancellation));

        Assert.Contains("page.views", error.Message, StringComparison.Ordinal);
        Assert.Null(Log.FindTopic("page_views"));
    }

    [Theory]
    [InlineData("a b", "character 2")]
    [InlineData("", "empty")]
    public async Task CreateTopicAsync_InvalidName_SaysWhy(string name, string reason)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Log.CreateTopicAsync(new TopicSpecification(name, 1), _fixture.Cancellation));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateTopicAsync_TooManyPartitions_Throws() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Log.CreateTopicAsync(new TopicSpecification("t", 1_000_000), _fixture.Cancellation));

    [Fact]
    public async Task GetMaxRecordBytes_NoLimitOfItsOwn_IsTheLogs()
    {
        var topic = await _fixture.CreateTopicAsync();

        Assert.Equal(1_048_588, Log.GetMaxRecordBytes(topic));
    }
}
