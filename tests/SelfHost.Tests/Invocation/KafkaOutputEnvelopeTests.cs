using System.Text;
using KafkaFunctions.SelfHost.Invocation;

namespace KafkaFunctions.SelfHost.Tests.Invocation;

public sealed class KafkaOutputEnvelopeTests
{
    [Theory]
    [InlineData("plain text")]
    [InlineData("{ not json")]
    [InlineData("""{"a":1}""")]
    [InlineData("""{"Offset":0,"Partition":0,"Topic":"t","Timestamp":"","Value":"v"}""")]
    [InlineData("""{"Offset":0,"Partition":0,"Topic":"t","Timestamp":"","Value":{"a":1},"Headers":[]}""")]
    [InlineData("""{"Offset":0,"Partition":0,"Topic":"t","Timestamp":"","Value":[1],"Key":"k","Headers":[]}""")]
    [InlineData("""{"Offset":0,"Partition":0,"Topic":"t","Timestamp":"","Value":"v","Key":{"k":1},"Headers":[]}""")]
    [InlineData("""{"Offset":0,"Partition":0,"Topic":"t","Timestamp":"","Value":"v","Headers":[1]}""")]
    public void Read_NoEnvelope_IsTheValueAsItIs(string text)
    {
        var record = KafkaOutputEnvelope.Read(text);

        Assert.Null(record.Key);
        Assert.Equal(text, Encoding.UTF8.GetString(record.Value!));
        Assert.Empty(record.Headers);
    }

    [Theory]
    [InlineData("\"v\"", "v")]
    [InlineData("7", "7")]
    [InlineData("""{"a": 1}""", """{"a":1}""")]
    public void Read_Envelope_TakesKeyValueAndHeaders(string value, string expected)
    {
        var record = KafkaOutputEnvelope.Read(
            $$"""{"Offset":0,"Partition":0,"Topic":"t","Timestamp":"","Value":{{value}},"Key":"k","Headers":[{"Key":"h","Value":"x"},{"Key":"n","Value":null}]}""");

        Assert.Equal(("k", expected), (Encoding.UTF8.GetString(record.Key!), Encoding.UTF8.GetString(record.Value!)));
        Assert.Equal(["h=x", "n="], record.Headers.Select(header => $"{header.Key}={Encoding.UTF8.GetString(header.Value ?? [])}"));
    }
}
