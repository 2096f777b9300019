using System.Text;
using KafkaFunctions.App.Advertising;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.App.Tests.Advertising;

public sealed class ImpressionTests
{
    [Theory]
    [InlineData("{}", "campaign")]
    [InlineData("""{"campaign":null}""", "campaign")]
    [InlineData("""{"campaign":7}""", "campaign")]
    public void Impression_WithoutCampaign_IsRefused(string json, string named)
    {
        var error = Assert.Throws<SerializationException>(() => ImpressionJoin.Impressions.Deserialize(Encoding.UTF8.GetBytes(json)));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Impression_OfAnUnknownVisitorAndPage_IsRead() =>
        Assert.Equal(new Impression("spring", null, null), ImpressionJoin.Impressions.Deserialize("""{"campaign":"spring"}"""u8.ToArray()));
}
