using System.Text.Json;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Worker.Outputs;
using static KafkaFunctions.Worker.Tests.TextRecords;

namespace KafkaFunctions.Worker.Tests.Outputs;

/// <summary>Outputs left to the host's binding, in the form that it takes for a message with key and headers.</summary>
public sealed class BindingDeliveryTests : IAsyncDisposable
{
    private readonly FakePublisher _publisher = new();

    public ValueTask DisposeAsync() => _publisher.DisposeAsync();

    [Fact]
    public async Task Invoke_Outputs_AreEnvelopesWithKeyHeadersAndIdentity()
    {
        await using var app = App(typeof(WordFunctions));

        await app.InvokeAsync("Split", [Record(4, "a \"b\"", ("h", "1"))]);

        Assert.Equal(
            [Envelope("a", "40.0"), Envelope("\\u0022b\\u0022", "40.1")],
            Assert.IsType<string[]>(app.Sink.Left["$return"]).Select(text => text.Replace(";4.", ";40.", StringComparison.Ordinal)));
        Assert.Empty(_publisher["words"]);

        static string Envelope(string value, string sequence) =>
            $$"""{"Offset":0,"Partition":0,"Topic":"words","Timestamp":"1970-01-01T00:00:00Z","Value":"{{value}}","Key":"k4","Headers":[{"Key":"h","Value":"1"},{"Key":"kf-identity","Value":"1;kafkafunctions;Split:3;{{sequence}}"}]}""";
    }

    [Fact]
    public async Task Invoke_PropertyOutputs_AreTextsEach()
    {
        await using var app = App(typeof(WordFunctions));

        await app.InvokeAsync("Sort", From(0, "long words", "bee"));

        Assert.Single(Assert.IsType<string[]>(app.Sink.Left["Long"]));
        Assert.Single(Assert.IsType<string[]>(app.Sink.Left["Short"]));
    }

    [Fact]
    public async Task Invoke_PoisonRecord_IsPublishedAsDeadLetter()
    {
        await using var app = App(typeof(WordFunctions));

        await app.InvokeAsync("Split", From(0, "a", "poison"));

        Assert.Equal(["poison"], _publisher.Texts("lines.dlq"));
        Assert.Single(Assert.IsType<string[]>(app.Sink.Left["$return"]));
    }

    [Fact]
    public async Task Invoke_Tombstone_NamesTheSetting()
    {
        await using var app = App(typeof(OddFunctions));

        var error = await Assert.ThrowsAsync<NotSupportedException>(() => app.InvokeAsync("Tombstones", From(0, "a")));

        Assert.Contains("Kafka__OutputDelivery=Acknowledged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_BytesThatAreNoText_NamesTheSetting()
    {
        byte[] noText = [0xff, 0xfe];

        OutputRecord[] records = [new(null, noText), new(noText, []), new(null, []) { Headers = [new("h", noText)] }];

        Assert.All(records, record => Assert.Contains(
            "Kafka__OutputDelivery=Acknowledged",
            Assert.Throws<NotSupportedException>(() => BindingEnvelope.Of("t", record)).Message,
            StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(InputRecord.NoTimestamp)]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public void Of_AnyTimestamp_HasAllNamesThatTheBindingLooksFor(long timestamp)
    {
        using var envelope = JsonDocument.Parse(BindingEnvelope.Of("t", new OutputRecord(null, Bytes("v")) { Timestamp = timestamp }));

        Assert.Equal(
            ["Offset", "Partition", "Topic", "Timestamp", "Value", "Headers"],
            envelope.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.True(envelope.RootElement.GetProperty("Timestamp").TryGetDateTime(out _));
    }

    private WorkerApp App(Type functions) => new()
    {
        Functions = [functions],
        Publisher = _publisher,
        Settings = { ["Kafka:OutputDelivery"] = "Binding" },
    };
}
