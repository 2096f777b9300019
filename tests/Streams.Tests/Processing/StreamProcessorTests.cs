using System.Globalization;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using static KafkaFunctions.Streams.Tests.Processing.TestRecords;

namespace KafkaFunctions.Streams.Tests.Processing;

public sealed class StreamProcessorTests
{
    [Fact]
    public void Run_NoOperators_CarriesEverythingButTheIdentity()
    {
        var input = Text(12, "k", "v", new("a", [1]), new(HeaderNames.Identity, [9]), new("b", null));

        var output = Assert.Single(KStream.From(Serdes.Bytes, Serdes.Bytes).To(Serdes.Bytes, Serdes.Bytes).Run(input).ToArray());

        Assert.Same(input.Key, output.Key);
        Assert.Same(input.Value, output.Value);
        Assert.Equal(input.Timestamp, output.Timestamp);
        Assert.Equal(["a", "b"], output.Headers.Select(header => header.Key));
        Assert.Equal(new RecordOrigin(3, 12, 0, input.Headers[1].Value), output.Origin);
        Assert.Null(output.Identity);
    }

    [Fact]
    public void Run_HeadersWithoutIdentity_AreNotCopied()
    {
        var input = Text(0, "k", "v", new RecordHeader("a", [1]));

        Assert.Same(input.Headers, TextStream().ToText().Run(input).ToArray()[0].Headers);
    }

    [Fact]
    public void Run_SeveralOutputsOfARecord_ShareOneSplitOfTheHeaders()
    {
        var outputs = TextStream().FlatMapValues<string?>(v => [v, v]).ToText()
            .Run(Text(0, "k", "v", new("a", [1]), new(HeaderNames.Identity, [9]))).ToArray();

        Assert.Same(outputs[0].Headers, outputs[1].Headers);
    }

    [Fact]
    public void Run_Tombstone_StaysOne()
    {
        var output = Assert.Single(TextStream().ToText().Run(Text(0, null, null)).ToArray());

        Assert.Null(output.Key);
        Assert.Null(output.Value);
    }

    [Fact]
    public void Run_NamedOutputs_CountTheIndexOverAllOfThem()
    {
        var source = TextStream();
        source.FlatMapValues<string?>(v => [v, v]).ToText("twice");
        var processor = source.ToText("once");

        var result = processor.Run(Texts("a", "b"));

        Assert.Equal([(0L, 0), (0L, 1), (1L, 0), (1L, 1)], result["twice"].Select(Coordinates));
        Assert.Equal([(0L, 2), (1L, 2)], result["once"].Select(Coordinates));
    }

    [Fact]
    public void Run_EachOutcome_IsCounted()
    {
        var processor = TextStream()
            .Filter((_, v) => v != "drop")
            .Peek((_, v) => ThrowOn("fail", v))
            .ToText();

        var result = processor.Run([Text(0, "k", "a"), Text(1, "k", "drop"), Text(2, "k", "fail"), Raw(3, [0xFF]), Text(4, "k", "b")]);

        Assert.Equal(
            [RecordOutcomeKind.Processed, RecordOutcomeKind.Dropped, RecordOutcomeKind.Poison, RecordOutcomeKind.Poison, RecordOutcomeKind.Processed],
            result.Outcomes.Select(outcome => outcome.Kind));
        Assert.Equal((2, 1, 2), (result.Processed, result.Dropped, result.Poison));
        Assert.Null(result.StoppedAt);
        Assert.Equal(["k=a", "k=b"], result.Shown());
    }

    [Fact]
    public void Run_BytesThatCannotBeRead_ArePoisonAtOnce()
    {
        var result = KStream.From(Serdes.Bytes, new NumberDeserializer()).To(Serdes.Bytes, Serdes.Int32).Run(Texts("1", "one"));

        var outcome = result.Outcomes[1];
        Assert.Equal((RecordOutcomeKind.Poison, 1), (outcome.Kind, outcome.Attempts));
        Assert.IsType<FormatException>(outcome.Error);
    }

    [Fact]
    public void Run_FunctionCallsDataWrong_IsPoisonAtOnce()
    {
        var outcome = TextStream().Peek((_, _) => throw new SerializationException("no field", column: 4)).ToText().Run(Texts("a")).Outcomes[0];

        Assert.Equal((RecordOutcomeKind.Poison, 1), (outcome.Kind, outcome.Attempts));
        Assert.Equal(4, Assert.IsType<SerializationException>(outcome.Error).Column);
    }

    [Fact]
    public void Run_FunctionFailsAlways_IsPoisonAfterThreeAttempts()
    {
        var outcome = TextStream().Peek((_, v) => ThrowOn("a", v)).ToText().Run(Texts("a")).Outcomes[0];

        Assert.Equal((RecordOutcomeKind.Poison, 3), (outcome.Kind, outcome.Attempts));
        Assert.IsType<FormatException>(outcome.Error);
    }

    [Theory]
    [InlineData(1, RecordOutcomeKind.Poison, 1)]
    [InlineData(2, RecordOutcomeKind.Poison, 2)]
    [InlineData(3, RecordOutcomeKind.Processed, 3)]
    [InlineData(9, RecordOutcomeKind.Processed, 3)]
    public void Run_FunctionFailsTwice_TriesAsOftenAsAllowed(int maxAttempts, RecordOutcomeKind kind, int attempts)
    {
        var calls = 0;
        var processor = TextStream().Peek((_, _) => ThrowIf(++calls < 3)).ToText();

        var result = processor.Run(Texts("a"), record => record, new() { MaxAttempts = maxAttempts }, TestContext.Current.CancellationToken);

        Assert.Equal((kind, attempts), (result.Outcomes[0].Kind, result.Outcomes[0].Attempts));
    }

    [Fact]
    public void Run_FailureHalfWay_TakesBackTheRecordsOutputs()
    {
        var failures = 2;
        var source = TextStream();
        source.ToText("first");
        var processor = source.FlatMapValues<string?>(_ => Half()).ToText("second");
        IEnumerable<string> Half()
        {
            yield return "1";
            ThrowIf(failures-- > 0);
            yield return "2";
        }

        var result = processor.Run(Texts("a", "b"));

        Assert.Equal(["k=a", "k=b"], result.Shown("first"));
        Assert.Equal([(0L, 0), (1L, 0)], result["first"].Select(Coordinates));
        Assert.Equal([(0L, 1), (0L, 2), (1L, 1), (1L, 2)], result["second"].Select(Coordinates));
    }

    [Fact]
    public void Run_OutputThatCannotBeWritten_TakesBackTheEarlierOnes()
    {
        var result = TextStream().FlatMapValues<string?>(_ => ["fine", "\uD83D"]).ToText().Run(Texts("a"));

        Assert.Equal(RecordOutcomeKind.Poison, result.Outcomes[0].Kind);
        Assert.Empty(result.ToArray());
    }

    [Fact]
    public void Run_Retry_StopsTheBatchThere()
    {
        var trouble = new RetryRecordException(TimeSpan.FromSeconds(5), "The service does not answer.");
        var source = TextStream();
        source.ToText();
        var processor = source.Peek((_, v) => _ = v == "b" ? throw trouble : v).ToText();

        var result = processor.Run(Texts("a", "b", "c"));

        Assert.Equal(
            [RecordOutcome.Processed(1), RecordOutcome.Retry(TimeSpan.FromSeconds(5), trouble, 1), default],
            result.Outcomes);
        Assert.Equal(RecordOutcomeKind.Unprocessed, result.Outcomes[2].Kind);
        Assert.Equal(1, result.StoppedAt);
        Assert.Equal(["k=a", "k=a"], result.Shown());
    }

    [Fact]
    public void Run_CancelledInAFunction_PassesThrough()
    {
        using var cancellation = new CancellationTokenSource();
        var processor = TextStream().Peek((_, _) =>
        {
            cancellation.Cancel();
            cancellation.Token.ThrowIfCancellationRequested();
        }).ToText();

        Assert.Throws<OperationCanceledException>(() => processor.Run(Texts("a"), record => record, null, cancellation.Token));
    }

    [Fact]
    public void Run_CancelledBetweenRecords_PassesThrough()
    {
        using var cancellation = new CancellationTokenSource();
        var seen = 0;
        var processor = TextStream().Peek((_, _) => { seen++; cancellation.Cancel(); }).ToText();

        Assert.Throws<OperationCanceledException>(() => processor.Run(Texts("a", "b"), record => record, null, cancellation.Token));
        Assert.Equal(1, seen);
    }

    [Fact]
    public void Run_TimeOutOfAFunction_IsAnErrorOfTheRecord()
    {
        var processor = TextStream().Peek((_, _) => throw new TaskCanceledException()).ToText();

        var outcome = processor.Run(Texts("a"), record => record, null, TestContext.Current.CancellationToken).Outcomes[0];

        Assert.Equal(RecordOutcomeKind.Poison, outcome.Kind);
    }

    [Fact]
    public void Run_UnknownOutput_NamesTheOnesThereAre()
    {
        var result = TextStream().ToText("left").Run();

        Assert.Contains("left", Assert.Throws<ArgumentException>(() => result["right"]).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => result.ToArray());
        Assert.Empty(result.ToArray("left"));
    }

    [Fact]
    public void Run_FunctionsOwnRecordType_IsReadOncePerRecord()
    {
        var reads = 0;

        InputRecord Read(int i)
        {
            reads++;
            return Text(i, "k", i.ToString(CultureInfo.InvariantCulture));
        }

        var result = TextStream().ToText().Run([1, 2], Read, null, TestContext.Current.CancellationToken);

        Assert.Equal(2, reads);
        Assert.Equal(["k=1", "k=2"], result.Shown());
    }

    [Fact]
    public void Run_OnSeveralThreads_GivesEachItsOwnResult()
    {
        var source = KStream.From(Serdes.Int32, Serdes.Int64);
        var processor = source
            .Peek((_, v) => ThrowIf(v % 7 == 0))
            .FlatMapValues(v => Enumerable.Repeat(v, (int)(v % 3)))
            .Split()
            .Branch((_, v) => v % 2 == 0, stream => stream.MapValues(v => v + 1).To(Serdes.Int32, Serdes.Int64, "even"))
            .Default(stream => stream.To(Serdes.Int32, Serdes.Int64, "odd"));
        InputRecord[][] batches = [.. Enumerable.Range(0, 8).Select(t =>
            Enumerable.Range(0, 200).Select(i => Input(i, t, (t * 1_000) + i)).ToArray())];
        string[] expected = [.. batches.Select(batch => Fingerprint(processor.Run(batch)))];

        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            Assert.Equal(expected[i % 8], Fingerprint(processor.Run(batches[i % 8]))));
    }

    private static string Fingerprint(StreamResult result) =>
        string.Join(' ', result.Outputs.SelectMany(name => result[name].Select(output =>
            $"{name}:{Convert.ToHexString(output.Key!)}:{Convert.ToHexString(output.Value!)}:{output.Origin!.Value.Offset}.{output.Origin.Value.Index}")))
        + string.Join(' ', result.Outcomes.Select(outcome => (outcome.Kind, outcome.Attempts)));

    private static (long Offset, int Index) Coordinates(OutputRecord output) => (output.Origin!.Value.Offset, output.Origin.Value.Index);

    private static InputRecord Raw(long offset, byte[] value) => new("input", 3, offset, null, value, 0, []);

    private static void ThrowOn(string bad, string? value) => ThrowIf(value == bad);

    private static void ThrowIf(bool condition)
    {
        if (condition)
        {
            throw new FormatException();
        }
    }

    /// <summary>A user's own deserializer, with errors of its own.</summary>
    private sealed class NumberDeserializer : IDeserializer<int>
    {
        public int Deserialize(byte[]? bytes) => int.Parse(bytes, CultureInfo.InvariantCulture);
    }
}
