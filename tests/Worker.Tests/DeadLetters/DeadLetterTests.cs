using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Worker.DeadLetters;
using static KafkaFunctions.Worker.Tests.TextRecords;

namespace KafkaFunctions.Worker.Tests.DeadLetters;

public sealed class DeadLetterTests : IAsyncDisposable
{
    private readonly FakePublisher _publisher = new();

    public ValueTask DisposeAsync() => _publisher.DisposeAsync();

    [Fact]
    public async Task Invoke_PoisonRecord_IsKeptAsItWasWithTheReasonAndTheOthersGoOn()
    {
        await using var app = App();

        await app.InvokeAsync("Split", [Record(7, "a"), Record(8, "poison", ("h", "1"), ("h", null)), Record(9, "b")]);

        Assert.Equal(["a", "b"], _publisher.Texts("words"));
        var letter = Assert.Single(_publisher["lines.dlq"]);
        Assert.Equal(("k8", "poison", Time + 8), (Text(letter.Key), Text(letter.Value), letter.Timestamp));
        Assert.Equal(
            [
                ("h", "1"), ("h", null),
                ("kf-dlq-function", "Split"),
                ("kf-dlq-error-type", "System.FormatException"),
                ("kf-dlq-error-message", "no line of words"),
                ("kf-dlq-topic", "lines"),
                ("kf-dlq-partition", "3"),
                ("kf-dlq-offset", "8"),
                ("kf-dlq-attempts", "3"),
            ],
            letter.Headers.Select(header => (header.Key, header.ValueAsText)));
        Assert.Equal(["1;kafkafunctions;Split:3;8.0"], _publisher.Identities("lines.dlq"));
    }

    [Fact]
    public async Task Invoke_AttemptsAreSet_TriesAsOften()
    {
        await using var app = App(("Processing:MaxAttempts", "1"));

        await app.InvokeAsync("Split", From(0, "poison"));

        Assert.Equal("1", Header(_publisher["lines.dlq"][0], HeaderNames.DeadLetterAttempts));
    }

    [Fact]
    public async Task Invoke_DeadLettersCannotBePublished_Fails()
    {
        _publisher.Fault = (_, topic, _) => topic == "lines.dlq" ? new PublishException(topic, "made to fail") : null;
        await using var app = App(("Kafka:PublishRetries", "0"));

        await Assert.ThrowsAsync<PublishException>(() => app.InvokeAsync("Split", From(0, "a", "poison")));
    }

    [Fact]
    public async Task Invoke_OutputIsTooLarge_SourceBecomesDeadLetterAndNoneOfItsOutputsIsPublished()
    {
        _publisher.Limit("words", 400);
        var large = new string('x', 400);
        await using var app = App();

        await app.InvokeAsync("Split", From(0, "poison", "a", $"b {large} c", "poison", "d"));

        Assert.Equal(["a", "d"], _publisher.Texts("words"));
        Assert.Equal(["poison", $"b {large} c", "poison"], _publisher.Texts("lines.dlq"));
        var letter = _publisher["lines.dlq"][1];
        Assert.Equal(typeof(RecordTooLargeException).FullName, Header(letter, HeaderNames.DeadLetterErrorType));
        Assert.Contains("'words'", Header(letter, HeaderNames.DeadLetterErrorMessage), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_TooLargeForOneOfTwoTopics_PublishesToNeither()
    {
        _publisher.Limit("long", 300);
        await using var app = App();

        await app.InvokeAsync("Sort", From(0, new string('x', 300), "bee"));

        Assert.Empty(_publisher["long"]);
        Assert.Equal(["bee"], _publisher.Texts("short"));
        Assert.Single(_publisher["loud.dlq"]);
    }

    [Fact]
    public async Task Invoke_OutputsAreRefused_EachSourceBecomesOneDeadLetter()
    {
        _publisher.Fault = (_, topic, records) => topic == "words" && records.ToList().FindIndex(record => Text(record.Value) == "no") is >= 0 and var index
            ? new RecordRefusedException(topic, index, "it takes no 'no'")
            : null;
        await using var app = App();

        await app.InvokeAsync("Split", From(0, "a", "no no", "poison", "b", "no"));

        Assert.Equal(["a", "b"], _publisher.Texts("words"));
        Assert.Equal(["no no", "poison", "no"], _publisher.Texts("lines.dlq"));
        Assert.Equal(
            ["1;kafkafunctions;Split:3;1.0", "1;kafkafunctions;Split:3;2.0", "1;kafkafunctions;Split:3;4.0"],
            _publisher.Identities("lines.dlq"));
    }

    [Fact]
    public async Task Invoke_LetterDoesNotFit_LosesTheMessageAndNothingElse()
    {
        _publisher.Limit("lines.dlq", 600);
        await using var app = App();

        // Of the 600 bytes, names and overheads of the headers take about 400.
        await app.InvokeAsync("Split", From(0, "poison"));
        var size = RecordSize.Of(Assert.Single(_publisher["lines.dlq"]));
        _publisher.Limit("lines.dlq", size - 1);
        await app.InvokeAsync("Split", From(1, "poison"));

        Assert.NotNull(Header(_publisher["lines.dlq"][0], HeaderNames.DeadLetterErrorMessage));
        var letter = _publisher["lines.dlq"][1];
        Assert.DoesNotContain(letter.Headers, header => header.Key == HeaderNames.DeadLetterErrorMessage);
        Assert.Equal("Split", Header(letter, HeaderNames.DeadLetterFunction));
        Assert.Equal("1;kafkafunctions;Split:3;1.0", Text(letter.Identity));
    }

    [Fact]
    public async Task Invoke_LetterFitsInNoWay_FailsAndPublishesNothing()
    {
        _publisher.Limit("lines.dlq", 200);
        await using var app = App();

        var error = await Assert.ThrowsAsync<DeadLetterTooLargeException>(() => app.InvokeAsync("Split", From(5, "a", "poison")));

        Assert.Equal(("lines.dlq", 3, 6L, 200L), (error.Topic, error.Partition, error.Offset, error.Limit));
        Assert.Contains($"max.message.bytes of 'lines.dlq' to at least {error.Size}", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _publisher.Calls);
    }

    private static string? Header(OutputRecord record, string name) => record.Headers.Single(header => header.Key == name).ValueAsText;

    private WorkerApp App(params (string Name, string Value)[] settings) => new()
    {
        Functions = [typeof(WordFunctions)],
        Publisher = _publisher,
        Settings = settings.ToDictionary(setting => setting.Name, string? (setting) => setting.Value),
    };
}
