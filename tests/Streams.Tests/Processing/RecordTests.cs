using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Streams.Tests.Processing;

public sealed class RecordTests
{
    private static readonly RecordHeader Header = RecordHeader.FromText("a", "1");
    private static readonly Record<string, int> Sample = new("k", 1, 5, [Header]);

    [Fact]
    public void With_EachPart_ChangesThatPartAlone()
    {
        Assert.Equal(new Record<int, int>(2, 1, 5, Sample.Headers), Sample.WithKey(2));
        Assert.Equal(new Record<string, string>("k", "v", 5, Sample.Headers), Sample.WithValue("v"));
        Assert.Equal(new Record<int, string>(2, "v", 5, Sample.Headers), Sample.With(2, "v"));
        Assert.Equal(new Record<string, int>("k", 1, 9, Sample.Headers), Sample.WithTimestamp(9));
        Assert.Equal(9, Sample.WithTimestamp(DateTimeOffset.UnixEpoch.AddMilliseconds(9)).Timestamp);
        Assert.Empty(Sample.WithHeaders([]).Headers);
    }

    [Fact]
    public void WithHeader_Another_ComesLast()
    {
        var another = RecordHeader.FromText("b", "2");

        Assert.Equal([Header, another], Sample.WithHeader(another).Headers.AsEnumerable());
    }

    [Fact]
    public void Headers_WithIdentity_LeaveItOut() =>
        Assert.Equal([Header], Sample.WithHeaders([new(HeaderNames.Identity, [1]), Header]).Headers.AsEnumerable());

    [Fact]
    public void Headers_OfDefault_AreEmpty() => Assert.Empty(default(Record<string, int>).Headers);
}
