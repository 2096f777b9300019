using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using static KafkaFunctions.Streams.Tests.Processing.TestRecords;

namespace KafkaFunctions.Streams.Tests.Processing;

/// <summary>One example of each operator; <see cref="KStreamPropertyTests"/> combines them.</summary>
public sealed class KStreamTests
{
    [Fact]
    public void Filter_Predicate_KeepsWhatHolds() =>
        Assert.Equal(["k=bb"], TextStream().Filter((_, v) => v!.Length > 1).ToText().Run(Texts("a", "bb")).Shown());

    [Fact]
    public void FilterNot_Predicate_DropsWhatHolds() =>
        Assert.Equal(["k=a"], TextStream().FilterNot((_, v) => v!.Length > 1).ToText().Run(Texts("a", "bb")).Shown());

    [Fact]
    public void FilterRecord_Predicate_SeesTimestampAndHeaders()
    {
        var processor = TextStream()
            .FilterRecord(record => record.Timestamp == 1_001 && record.Headers.Any(header => header.Key == "keep"))
            .ToText();

        var result = processor.Run(
            Text(0, "k", "early", RecordHeader.FromText("keep", "")),
            Text(1, "k", "kept", RecordHeader.FromText("keep", "")),
            Text(1, "k", "bare"));

        Assert.Equal(["k=kept"], result.Shown());
    }

    [Fact]
    public void Map_Pair_ReplacesKeyAndValue() =>
        Assert.Equal(["a=k"], TextStream().Map((k, v) => KeyValue.Pair(v, k)).ToText().Run(Texts("a")).Shown());

    [Fact]
    public void MapValues_Value_KeepsTheKey() =>
        Assert.Equal(["k=A"], TextStream().MapValues(v => v?.ToUpperInvariant()).ToText().Run(Texts("a")).Shown());

    [Fact]
    public void MapValues_KeyAndValue_KeepsTheKey() =>
        Assert.Equal(["k=ka"], TextStream().MapValues<string?>((k, v) => k + v).ToText().Run(Texts("a")).Shown());

    [Fact]
    public void SelectKey_Selector_KeepsTheValue() =>
        Assert.Equal(["1=a"], TextStream().SelectKey((_, v) => v!.Length).To(new TextSerializer<int>(), Serdes.Utf8).Run(Texts("a")).Shown());

    [Fact]
    public void FlatMap_Pairs_GivesThemInOrder() =>
        Assert.Equal(
            ["a=1", "b=2"],
            TextStream().FlatMap<string?, string?>((_, _) => [new("a", "1"), new("b", "2")]).ToText().Run(Texts("x")).Shown());

    [Fact]
    public void FlatMapValues_Values_KeepTheKey() =>
        Assert.Equal(
            ["k=a", "k=b", "k=c"],
            TextStream().FlatMapValues<string?>(v => v!.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToText().Run(Texts("a b", "", "c")).Shown());

    [Fact]
    public void FlatMapValues_KeyAndValue_KeepTheKey() =>
        Assert.Equal(["k=k", "k=a"], TextStream().FlatMapValues<string?>((k, v) => [k, v]).ToText().Run(Texts("a")).Shown());

    [Fact]
    public void FlatMapValues_Null_IsPoisonThatSaysSo() =>
        Assert.IsType<InvalidOperationException>(
            TextStream().FlatMapValues<string?>(_ => null!).ToText().Run(Texts("a")).Outcomes[0].Error);

    [Fact]
    public void FlatMapRecord_Records_KeepTheirOwnTimestamps()
    {
        var processor = TextStream().FlatMapRecord(record => new[] { record.WithTimestamp(1), record.WithTimestamp(2) }).ToText();

        Assert.Equal([1L, 2L], processor.Run(Texts("a")).ToArray().Select(output => output.Timestamp));
    }

    [Fact]
    public void MapRecord_NewTimestampAndHeader_AreWritten()
    {
        var added = RecordHeader.FromText("source", "web");
        var processor = TextStream().MapRecord(record => record.WithTimestamp(42).WithHeader(added)).ToText();

        var output = Assert.Single(processor.Run(Text(7, "k", "v", new("a", [1]), new(HeaderNames.Identity, [9]))).ToArray());

        Assert.Equal(42, output.Timestamp);
        Assert.Equal(["a", "source"], output.Headers.Select(header => header.Key));
        Assert.Equal([9], output.Origin!.Value.Upstream!);
    }

    [Fact]
    public void MapRecord_TimestampBefore1970_IsPoisonAtOnce()
    {
        var outcome = TextStream().MapRecord(record => record.WithTimestamp(-2)).ToText().Run(Texts("a")).Outcomes[0];

        Assert.Equal((RecordOutcomeKind.Poison, 1), (outcome.Kind, outcome.Attempts));
    }

    [Fact]
    public void Peek_Action_SeesEachRecordAndChangesNothing()
    {
        var seen = new List<string?>();

        var result = TextStream().Peek((_, v) => seen.Add(v)).ToText().Run(Texts("a", "b"));

        Assert.Equal(["a", "b"], seen);
        Assert.Equal(["k=a", "k=b"], result.Shown());
    }

    [Fact]
    public void Merge_TwoUsesOfAStream_GivesBothForEachRecord()
    {
        var source = TextStream();
        var processor = source.MapValues(v => v + "1").Merge(source.MapValues(v => v + "2")).To(Serdes.Utf8, Serdes.Utf8);

        Assert.Equal(["k=a1", "k=a2", "k=b1", "k=b2"], processor.Run(Texts("a", "b")).Shown());
    }

    [Fact]
    public void Merge_OfAnotherSource_IsRefused() =>
        Assert.Throws<ArgumentException>(() => TextStream().Merge(TextStream()));

    [Fact]
    public void Split_FirstBranchThatHolds_TakesTheRecord()
    {
        var processor = TextStream().Split()
            .Branch((_, v) => v!.Contains('a', StringComparison.Ordinal), stream => stream.ToText("a"))
            .Branch((_, v) => v!.Contains('b', StringComparison.Ordinal), stream => stream.ToText("b"))
            .Default(stream => stream.ToText("rest"));

        var result = processor.Run(Texts("ab", "b", "c"));

        Assert.Equal(["a", "b", "rest"], result.Outputs);
        Assert.Equal(["k=ab"], result.Shown("a"));
        Assert.Equal(["k=b"], result.Shown("b"));
        Assert.Equal(["k=c"], result.Shown("rest"));
    }

    [Fact]
    public void Split_NoDefault_DropsTheRest()
    {
        var result = TextStream().Split().Branch((_, v) => v == "a", stream => stream.ToText()).NoDefault().Run(Texts("a", "b"));

        Assert.Equal(["k=a"], result.Shown());
        Assert.Equal(1, result.Dropped);
    }

    [Fact]
    public void Split_AfterItsDefault_TakesNoMoreBranches()
    {
        var split = TextStream().Split();
        split.NoDefault();

        Assert.Throws<InvalidOperationException>(() => split.Branch((_, _) => true, _ => { }));
        Assert.Throws<InvalidOperationException>(() => split.Default(_ => { }));
        Assert.Throws<InvalidOperationException>(() => split.NoDefault());
    }

    [Fact]
    public void To_SameName_SharesTheOutput()
    {
        var source = TextStream();
        var processor = source.Filter((_, v) => v == "a").ToText("x");
        Assert.Same(processor, source.ToText("x"));

        Assert.Equal(["x"], processor.Outputs);
        Assert.Equal(["k=a", "k=a", "k=b"], processor.Run(Texts("a", "b")).Shown("x"));
    }

    [Fact]
    public void Operators_AfterTheFirstRun_AreRefused()
    {
        var source = TextStream();
        var split = source.Split();
        source.ToText().Run();

        Assert.Throws<InvalidOperationException>(() => source.Filter((_, _) => true));
        Assert.Throws<InvalidOperationException>(() => source.Merge(source));
        Assert.Throws<InvalidOperationException>(() => source.Split());
        Assert.Throws<InvalidOperationException>(() => source.ToText());
        Assert.Throws<InvalidOperationException>(() => split.Branch((_, _) => true, _ => { }));
    }

    /// <summary>A user's own serializer.</summary>
    private sealed class TextSerializer<T> : ISerializer<T>
    {
        public byte[]? Serialize(T value) => Serdes.Utf8.Serialize(value?.ToString());
    }
}
