using System.IO.Pipelines;
using System.Text;
using CsCheck;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.SelfHost.Tests.CommandLine;

public sealed class ProduceCommandTests
{
    [Fact]
    public async Task Lines_BecomeValues()
    {
        var session = WithTopic("one\r\n\ntwo");

        Assert.Equal(0, await session.RunAsync("produce", "orders"));

        Assert.Equal(["one", "", "two"], Values(session));
        Assert.All(session.Broker.Records("orders"), record => Assert.Null(record.Key));
        Assert.Contains("Published 3 records to 'orders'.", session.Error, StringComparison.Ordinal);
        Assert.Empty(session.Output);
    }

    [Fact]
    public void Lines_AnyBytesInAnyPieces_ArePublishedAsTheyAre() =>
        Gen.Select(Gen.Byte.Where(b => b is not ((byte)'\n' or (byte)'\r' or 0xEF)).Array[0, 30].List[1, 40], Gen.Int[1, 50]).Sample((lines, piece) =>
        {
            var text = lines.SelectMany(line => line.Append((byte)'\n')).ToArray();
            var session = new CommandLineSession { Input = new PiecewiseStream(text, piece) };
            session.Broker.Add("orders", 1);

            Assert.Equal(0, session.RunAsync("produce", "orders").GetAwaiter().GetResult());

            Assert.Equal(lines, session.Broker.Records("orders").Select(record => record.Value!));
        });

    [Fact]
    public async Task Lines_ManyAtOnce_ArePublishedInFewBatches()
    {
        var session = WithTopic(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"line {i}\n")));

        Assert.Equal(0, await session.RunAsync("produce", "orders"));

        Assert.Equal(100_000, session.Broker.Records("orders").Count);
        Assert.InRange(session.Broker.Batches.Count, 1, 20);
    }

    [Fact]
    public async Task Lines_Typed_ArePublishedBeforeTheInputEnds()
    {
        var pipe = new Pipe();
        var session = new CommandLineSession { Input = pipe.Reader.AsStream() };
        session.Broker.Add("orders", 1);
        var cancellationToken = TestContext.Current.CancellationToken;
        var follow = session.Broker.ReadAsync(new ReadRequest("orders"), cancellationToken).GetAsyncEnumerator(cancellationToken);
        var next = follow.MoveNextAsync();

        var run = session.RunAsync("produce", "orders");
        await pipe.Writer.WriteAsync("typed\n"u8.ToArray(), cancellationToken);

        Assert.True(await next);
        Assert.Equal("typed", Encoding.UTF8.GetString(follow.Current.Value!));
        await pipe.Writer.CompleteAsync();
        Assert.Equal(0, await run);
        await follow.DisposeAsync();
    }

    [Fact]
    public async Task KeySeparator_SplitsAtTheFirst()
    {
        var session = WithTopic("user:a:b\n:no key\n");

        Assert.Equal(0, await session.RunAsync("produce", "orders", "--key-separator", ":"));

        Assert.Equal(["user", ""], Keys(session));
        Assert.Equal(["a:b", "no key"], Values(session));
    }

    [Fact]
    public async Task KeyField_IsTakenFromTheTopLevel()
    {
        var session = WithTopic(
            """
            {"nested":{"id":"no"},"id":"é\n"}

            {"id":12.50}
            {"id":true,"rest":[1]}
            """);

        Assert.Equal(0, await session.RunAsync("produce", "orders", "--key-field", "id"));

        Assert.Equal(["é\n", "12.50", "true"], Keys(session));
        Assert.Equal("""{"nested":{"id":"no"},"id":"é\n"}""", Values(session)[0]);
    }

    [Fact]
    public async Task Headers_AreOnEveryRecordInOrder()
    {
        var session = WithTopic("a\nb\n");

        Assert.Equal(0, await session.RunAsync("produce", "orders", "--header", "source=shell", "--header", "source=a=b"));

        Assert.All(session.Broker.Records("orders"), record =>
            Assert.Equal([("source", "shell"), ("source", "a=b")], record.Headers.Select(header => (header.Key, header.ValueAsText!))));
    }

    [Theory]
    [InlineData("--ndjson", """{"a":1}""", """{"a":""")]
    [InlineData("--ndjson", "1", "{} {}")]
    [InlineData("--key-field=id", """{"id":1}""", """{"other":1}""")]
    [InlineData("--key-field=id", """{"id":1}""", """{"id":null}""")]
    [InlineData("--key-field=id", """{"id":1}""", """[{"id":1}]""")]
    [InlineData("--key-field=id", """{"id":1}""", """{"id":1} x""")]
    [InlineData("--key-separator=;", "k;v", "none")]
    public async Task BadLine_EndsThere(string option, string good, string bad)
    {
        var session = WithTopic($"{good}\n{good}\n{bad}\n{good}\n");

        Assert.Equal(1, await session.RunAsync("produce", "orders", option));

        var value = good.Split(';')[^1];
        Assert.Equal([value, value], Values(session));
        Assert.StartsWith("error: Line 3 of the input: it", session.Error, StringComparison.Ordinal);
        Assert.Contains("Published before: 2 records, up to line 2.", session.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("")]
    public async Task BadLine_LargerThanTheTopicTakes_IsNamed(string end)
    {
        var session = WithTopic("small\n" + new string('x', 2000) + end);
        session.Broker.MaxRecordBytes = 1000;

        Assert.Equal(1, await session.RunAsync("produce", "orders"));

        Assert.Equal(["small"], Values(session));
        Assert.StartsWith("error: Line 2 of the input: ", session.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingTopic_PublishesNothing()
    {
        var session = CommandLineSession.WithInput("a\n");

        Assert.Equal(1, await session.RunAsync("produce", "orders"));
        Assert.Contains("topics create orders", session.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeliveryFails_SaysWhatIsKnownToBePublished()
    {
        var pipe = new Pipe();
        var session = new CommandLineSession { Input = pipe.Reader.AsStream() };
        session.Broker.Add("orders", 1);
        var cancellationToken = TestContext.Current.CancellationToken;
        var follow = session.Broker.ReadAsync(new ReadRequest("orders"), cancellationToken).GetAsyncEnumerator(cancellationToken);
        var next = follow.MoveNextAsync();

        var run = session.RunAsync("produce", "orders");
        await pipe.Writer.WriteAsync("first\n"u8.ToArray(), cancellationToken);
        await next;
        session.Broker.Failure = new PublishException("orders", "The broker is gone.");
        await pipe.Writer.WriteAsync("second\nthird\n"u8.ToArray(), cancellationToken);

        Assert.Equal(1, await run);
        Assert.Equal(
            "error: The broker is gone. Published before: 1 record, up to line 1. Of the next 2 records, some may be published as well.\n",
            session.Error.ReplaceLineEndings("\n"));
        await follow.DisposeAsync();
    }

    [Fact]
    public async Task Interrupted_SaysWhatIsPublished()
    {
        var pipe = new Pipe();
        var session = new CommandLineSession { Input = pipe.Reader.AsStream() };
        session.Broker.Add("orders", 1);
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var run = session.RunAsync(interrupt.Token, "produce", "orders");
        await interrupt.CancelAsync();

        Assert.Equal(1, await run);
        Assert.EndsWith("Interrupted. Nothing was published before.\n", session.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    private static CommandLineSession WithTopic(string input)
    {
        var session = CommandLineSession.WithInput(input);
        session.Broker.Add("orders", 1);
        return session;
    }

    private static List<string> Values(CommandLineSession session) => Texts(session, record => record.Value);

    private static List<string> Keys(CommandLineSession session) => Texts(session, record => record.Key);

    private static List<string> Texts(CommandLineSession session, Func<InputRecord, byte[]?> part) =>
        [.. session.Broker.Records("orders").Select(record => Encoding.UTF8.GetString(part(record)!))];

    /// <summary>Gives at most some bytes at once, as pipes do.</summary>
    private sealed class PiecewiseStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, piece)], cancellationToken);
    }
}
