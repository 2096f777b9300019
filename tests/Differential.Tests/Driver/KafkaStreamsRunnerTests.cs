using KafkaFunctions.Reference.Cases;

namespace KafkaFunctions.Differential.Tests.Driver;

public sealed class KafkaStreamsRunnerTests(KafkaStreamsRunner kafkaStreams)
{
    private const string Impossible = "case time-windows size=5 advance=10 grace=0 aggregate=Count results=Updates\nrecord Left a 1 1";
    private const string Plain = "case stream-aggregation aggregate=Count\nrecord Left a 1 -1\nrecord Left a 1 5";

    [Fact]
    public void Run_CaseThatKafkaStreamsRefuses_SaysWhyAndGoesOn()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => kafkaStreams.Run(CaseText.Parse(Impossible)));
        var next = kafkaStreams.Run(CaseText.Parse(Plain));

        Assert.Contains("size=5", failure.Message, StringComparison.Ordinal);
        Assert.Contains("advance", failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("a=1@5", Assert.Single(next.State!).ToString());
    }

    [Fact]
    public void Run_NegativeTimestamp_IsNotSent()
    {
        var result = kafkaStreams.Run(CaseText.Parse(Plain));

        Assert.Empty(result.Steps[0]);
        Assert.Equal("a=1@5", Assert.Single(result.Steps[1]).ToString());
    }
}
