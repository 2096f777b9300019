using KafkaFunctions.App.Ingest;
using static KafkaFunctions.App.Tests.TestRecords;

namespace KafkaFunctions.App.Tests.Ingest;

public sealed class BodyFormatsTests
{
    [Theory]
    [InlineData("application/json", (int)BodyFormat.Json)]
    [InlineData("Application/JSON; charset=UTF-8", (int)BodyFormat.Json)]
    [InlineData("application/json; charset=\"utf-8\"", (int)BodyFormat.Json)]
    [InlineData("application/cloudevents+json", (int)BodyFormat.Json)]
    [InlineData("application/x-ndjson", (int)BodyFormat.NdJson)]
    [InlineData("application/ndjson", (int)BodyFormat.NdJson)]
    [InlineData("application/jsonl", (int)BodyFormat.NdJson)]
    [InlineData("text/plain", (int)BodyFormat.Text)]
    [InlineData("text/plain;charset=us-ascii", (int)BodyFormat.Text)]
    public void Of_KnownType_IsItsFormat(string contentType, int format) => Assert.Equal((BodyFormat)format, BodyFormats.Of(contentType));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Of_NoType_IsNull(string? contentType) => Assert.Null(BodyFormats.Of(contentType));

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/csv")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("nonsense")]
    [InlineData("application/json,")]
    public void Of_UnknownType_IsRejected(string contentType) =>
        Assert.Equal(415, Assert.Throws<IngestRejectedException>(() => BodyFormats.Of(contentType)).Status);

    [Theory]
    [InlineData("{\"a\":1}", (int)BodyFormat.Json)]
    [InlineData("\ufeff \n{\"a\":\n1}\n", (int)BodyFormat.Json)]
    [InlineData("[1,2]", (int)BodyFormat.Json)]
    [InlineData("{\"a\":1}\n{\"b\":2}\n", (int)BodyFormat.NdJson)]
    [InlineData("{\"a\":1}\noops", (int)BodyFormat.NdJson)]
    [InlineData("{\"a\":", (int)BodyFormat.Json)]
    [InlineData("10.0.0.1 - - [", (int)BodyFormat.Text)]
    [InlineData("42", (int)BodyFormat.Text)]
    [InlineData("", (int)BodyFormat.Text)]
    public void Sniff_Body_GoesByItsBeginning(string body, int format) => Assert.Equal((BodyFormat)format, BodyFormats.Sniff(Utf8(body)));
}
