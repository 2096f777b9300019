using System.Text;
using System.Text.Json;
using CsCheck;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.SelfHost.Tests.CommandLine;

public sealed class TailCommandTests
{
    private static readonly Gen<byte[]?> Bytes = Gen.OneOf(
        Gen.Byte.Array[0, 40].Select(bytes => (byte[]?)bytes),
        Gen.String.Select(text => (byte[]?)Encoding.UTF8.GetBytes(text)),
        Gen.Const((byte[]?)null));

    private static readonly Gen<RecordHeader[]> Headers =
        Gen.Select(Gen.String[Gen.Char["ab\"\\\né"], 1, 5], Bytes, (name, value) => new RecordHeader(name, value)).Array[0, 3];

    [Fact]
    public void Json_AnyRecord_CanBeReadBack() =>
        Gen.Select(Bytes, Bytes, Gen.Long[0, long.MaxValue], Headers).Sample((key, value, timestamp, headers) =>
        {
            var session = new CommandLineSession();
            session.Broker.Add("orders", 1);
            session.Broker.Append("orders", 0, key, value, timestamp, headers);

            Assert.Equal(0, session.RunAsync("tail", "orders", "--no-follow", "--json").GetAwaiter().GetResult());

            Assert.Equal(session.Output.IndexOf('\n', StringComparison.Ordinal), session.Output.Length - 1);
            using var json = JsonDocument.Parse(session.Output);
            Assert.Equal("orders", json.RootElement.GetProperty("topic").GetString());
            Assert.Equal((0, 0L), (json.RootElement.GetProperty("partition").GetInt32(), json.RootElement.GetProperty("offset").GetInt64()));
            Assert.Equal(key, BytesOf(json.RootElement, "key"));
            Assert.Equal(value, BytesOf(json.RootElement, "value"));
            Assert.Equal(timestamp, json.RootElement.GetProperty("timestamp").GetInt64());
            var read = json.RootElement.GetProperty("headers").EnumerateArray().ToList();
            Assert.Equal(headers.Select(header => header.Key), read.Select(header => header.GetProperty("key").GetString()));
            Assert.Equal(headers.Select(header => header.Value), read.Select(header => BytesOf(header, "value")));
        });

    [Fact]
    public async Task Json_Text_StaysReadable()
    {
        var session = SessionWith("user-1", "<é> \"x\"", RecordHeader.FromText("trace", "1"), new RecordHeader("raw", [0xFF]));

        await session.RunAsync("tail", "orders", "--no-follow", "--json");

        Assert.Equal(
            """{"topic":"orders","partition":0,"offset":0,"key":"user-1","value":"<é> \"x\"","timestamp":1000,"headers":[{"key":"trace","value":"1"},{"key":"raw","value":"/w==","valueEncoding":"base64"}]}""",
            Assert.Single(session.Lines));
    }

    [Fact]
    public async Task Text_Record_IsPositionTimeKeyAndValue()
    {
        var session = SessionWith("user-1", "hello");

        Assert.Equal(0, await session.RunAsync("tail", "orders", "--no-follow"));

        Assert.Equal("0/0\t1970-01-01T00:00:01.000Z\tuser-1\thello\n", session.Output);
    }

    [Theory]
    [InlineData(new byte[] { 0x1B, (byte)'[', 0xFF, (byte)'\\' }, @"\x1B[\xFF\\")]
    [InlineData(new byte[] { (byte)'a', 9, 10, 13 }, @"a\t\n\r")]
    [InlineData(new byte[] { 0xE2, 0x80, 0xAE, 0xC2, 0x85 }, @"\u202E\u0085")]
    [InlineData(new byte[] { 0xC3, 0xA9 }, "é")]
    [InlineData(new byte[0], "")]
    [InlineData(null, "(null)")]
    public async Task Text_Bytes_AreShownOnOneLine(byte[]? value, string expected)
    {
        var session = new CommandLineSession();
        session.Broker.Add("orders", 1);
        session.Broker.Append("orders", 0, null, value, InputRecord.NoTimestamp);

        await session.RunAsync("tail", "orders", "--no-follow");

        Assert.Equal($"0/0\t-\t(null)\t{expected}\n", session.Output);
    }

    [Fact]
    public async Task Tail_Partition_PrintsOnlyThat()
    {
        var session = new CommandLineSession();
        session.Broker.Add("orders", 2);
        session.Broker.Append("orders", 0, null, "zero"u8.ToArray());
        session.Broker.Append("orders", 1, null, "one"u8.ToArray());

        await session.RunAsync("tail", "orders", "--no-follow", "--partition", "1");

        Assert.EndsWith("\tone", Assert.Single(session.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tail_CountReached_EndsThoughItFollows()
    {
        var session = SessionWith("k", "first");
        session.Broker.Append("orders", 0, null, "second"u8.ToArray());

        Assert.Equal(0, await session.RunAsync("tail", "orders", "--from-beginning", "--count", "1"));

        Assert.EndsWith("\tfirst", Assert.Single(session.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tail_Follow_ShowsWhatArrivesAtOnceAndEndsWell()
    {
        using var output = new FlushedText();
        var session = new CommandLineSession { OutputOverride = output };
        session.Broker.Add("orders", 1);
        session.Broker.Append("orders", 0, null, "old"u8.ToArray());
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var run = session.RunAsync(interrupt.Token, "tail", "orders");
        await session.Broker.Following.Task.WaitAsync(TestContext.Current.CancellationToken);
        session.Broker.Append("orders", 0, null, "new"u8.ToArray());
        var shown = await output.First.WaitAsync(TestContext.Current.CancellationToken);
        await interrupt.CancelAsync();

        Assert.Equal(0, await run);
        Assert.EndsWith("\tnew\n", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("old", shown, StringComparison.Ordinal);
        Assert.Empty(session.Error);
    }

    [Fact]
    public async Task Tail_ReaderOfOutputIsGone_EndsQuietly()
    {
        var session = new CommandLineSession { OutputOverride = new ClosedPipe() };
        session.Broker.Add("orders", 1);
        session.Broker.Append("orders", 0, null, [1]);

        Assert.Equal(0, await session.RunAsync("tail", "orders", "--from-beginning"));
        Assert.Empty(session.Error);
    }

    [Fact]
    public async Task Tail_MissingTopic_SaysHowToCreateIt()
    {
        var session = new CommandLineSession();

        Assert.Equal(1, await session.RunAsync("tail", "orders"));
        Assert.Contains("topics create orders", session.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tail_MissingPartition_SaysWhichThereAre()
    {
        var session = SessionWith("k", "v");

        Assert.Equal(1, await session.RunAsync("tail", "orders", "--partition", "1"));
        Assert.Contains("0 to 0", session.Error, StringComparison.Ordinal);
    }

    private static CommandLineSession SessionWith(string key, string value, params RecordHeader[] headers)
    {
        var session = new CommandLineSession();
        session.Broker.Add("orders", 1);
        session.Broker.Append("orders", 0, Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value), 1000, headers);
        return session;
    }

    private static byte[]? BytesOf(JsonElement json, string name)
    {
        var isBase64 = json.TryGetProperty(name + "Encoding", out var encoding) && encoding.GetString() == "base64";
        return json.GetProperty(name) is { ValueKind: JsonValueKind.String } text
            ? isBase64 ? text.GetBytesFromBase64() : Encoding.UTF8.GetBytes(text.GetString()!)
            : null;
    }

    /// <summary>Tells what was there when text was flushed first.</summary>
    private sealed class FlushedText : StringWriter
    {
        private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> First => _first.Task;

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            if (GetStringBuilder().Length > 0)
            {
                _first.TrySetResult(ToString());
            }

            return Task.CompletedTask;
        }
    }

    /// <summary>Buffers like standard output does and fails when it is flushed.</summary>
    private sealed class ClosedPipe : StringWriter
    {
        private const int Epipe = 32;

        public override Task FlushAsync() => throw new IOException("Broken pipe", Epipe);

        public override Task FlushAsync(CancellationToken cancellationToken) => FlushAsync();
    }
}
