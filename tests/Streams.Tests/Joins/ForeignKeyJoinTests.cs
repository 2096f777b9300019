using System.Globalization;
using KafkaFunctions.Streams.Joins;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.InMemory;
using KafkaFunctions.Streams.Tests.State;
using static KafkaFunctions.Streams.Tests.Joins.JoinApps;

namespace KafkaFunctions.Streams.Tests.Joins;

/// <summary>Foreign-key joins, rule by rule. A left value's first letter is the right key that it names; a digit is none.</summary>
public sealed class ForeignKeyJoinTests : StateTest
{
    [Fact]
    public async Task RightChange_SeveralLeftValuesNameIt_GivesAResultForEach()
    {
        var apps = Apps(Inner());

        await apps.Left().BatchAsync(LeftRecord(0, "k1", "a1"), LeftRecord(1, "k2", "a2"), LeftRecord(2, "k3", "b3"));
        await apps.Right().BatchAsync(RightRecord(0, "a", "x"));
        await apps.Right().BatchAsync(RightRecord(1, "a", "y"));

        Assert.Equal(["k1=a1|x at 1000", "k2=a2|x at 1000", "k1=a1|y at 1000", "k2=a2|y at 1000"], apps.Shown);
    }

    [Fact]
    public async Task LeftChange_NamesAnotherKey_GivesOneResult()
    {
        var apps = Apps(Inner());
        await apps.Right().BatchAsync(RightRecord(0, "a", "x"), RightRecord(1, "b", "y"));

        await apps.Left().BatchAsync(LeftRecord(0, "k", "a1"));
        await apps.Left().BatchAsync(LeftRecord(1, "k", "b2"));
        await apps.Right().BatchAsync(RightRecord(2, "a", "old"), RightRecord(3, "b", "z"));

        Assert.Equal(["k=a1|x at 1000", "k=b2|y at 1000", "k=b2|z at 1000"], apps.Shown);
    }

    [Fact]
    public async Task LeftChange_NamesTheSameKey_ReadsAndWritesItsOwnRowAlone()
    {
        var apps = Apps(Inner());
        await apps.Right().BatchAsync(RightRecord(0, "a", "x"));
        var left = apps.Left();
        await left.BatchAsync(LeftRecord(0, "k", "a1"));
        var rows = new List<StateKey>();
        Storage.Hook = new Writes(rows);

        await left.BatchAsync(LeftRecord(1, "k", "a2"));

        Assert.Equal("k=a2|x at 1000", apps.Shown[^1]);
        Assert.Single(rows, row => row.Bytes[0] is (byte)'K' or (byte)'F');
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LeftChange_NamesNoneAnyMore_EndsTheResultOrShowsNull(bool isInner)
    {
        var apps = Apps(isInner ? Inner() : Left());
        await apps.Right().BatchAsync(RightRecord(0, "a", "x"));

        await apps.Left().BatchAsync(LeftRecord(0, "k", "a1"));
        await apps.Left().BatchAsync(LeftRecord(1, "k", "1"));
        await apps.Right().BatchAsync(RightRecord(1, "a", "y"));

        Assert.Equal(["k=a1|x at 1000", isInner ? "k=- at 1000" : "k=1| at 1000"], apps.Shown);
    }

    [Fact]
    public async Task Tombstone_NoResultExisted_IsNotPassedOn()
    {
        var apps = Apps(Inner());

        await apps.Left().BatchAsync(LeftRecord(0, "k", "a1"), LeftRecord(1, "l", "a1"));
        await apps.Left().BatchAsync(LeftRecord(2, "k", "b1"));
        await apps.Left().BatchAsync(LeftRecord(3, "k", null), LeftRecord(4, "m", null));
        await apps.Right().BatchAsync(RightRecord(0, "a", null), RightRecord(1, "b", null));
        await apps.Right().BatchAsync(RightRecord(2, "a", "x"));
        await apps.Right().BatchAsync(RightRecord(3, "a", null));
        await apps.Left().BatchAsync(LeftRecord(5, "l", null));

        Assert.Equal(["l=a1|x at 1000", "l=- at 1000"], apps.Shown);
    }

    [Theory]
    [InlineData(1_999, 2_000)]
    [InlineData(2_000, 2_000)]
    [InlineData(2_001, 2_001)]
    public async Task ResultTime_OfBothSides_IsTheHigherOne(long right, long result)
    {
        foreach (var isLeftFirst in new[] { true, false })
        {
            await using var storage = new InMemoryStateStorage();
            var apps = Apps(Inner(), storage);

            await (isLeftFirst ? apps.Left().BatchAsync(LeftRecord(0, "k", "a1", 2_000)) : apps.Right().BatchAsync(RightRecord(0, "a", "x", right)));
            await (isLeftFirst ? apps.Right().BatchAsync(RightRecord(0, "a", "x", right)) : apps.Left().BatchAsync(LeftRecord(0, "k", "a1", 2_000)));

            Assert.Equal(result, apps.Published.Single().Timestamp);
        }
    }

    [Theory]
    [InlineData(999, 2)]
    [InlineData(1_000, 1)]
    [InlineData(1_001, 1)]
    public async Task SourceTable_SameRightValue_ChangesNothingUnlessItsTimeIsOlder(long timestamp, int updates)
    {
        var apps = Apps(Inner());
        await apps.Left().BatchAsync(LeftRecord(0, "k", "a1", 10));

        await apps.Right().BatchAsync(RightRecord(0, "a", "x"));
        await apps.Right().BatchAsync(RightRecord(1, "a", "x", timestamp));

        Assert.Equal(updates, apps.Published.Count);
    }

    [Fact]
    public async Task FoldedBatch_DeletionInBetween_EndsTheResult()
    {
        var apps = Apps(Inner());
        await apps.Left().BatchAsync(LeftRecord(0, "k", "a1"));
        await apps.Right().BatchAsync(RightRecord(0, "a", "x"));

        await apps.Left().BatchAsync(LeftRecord(1, "k", null), LeftRecord(2, "k", "b1"));

        Assert.Equal(["k=a1|x at 1000", "k=- at 1000"], apps.Shown);
    }

    [Fact]
    public async Task Versions_OfBothFunctions_GrowPerLeftKey()
    {
        var apps = Apps(Left());

        await apps.Left().BatchAsync(LeftRecord(0, "k", "a1"));
        await apps.Right().BatchAsync(RightRecord(0, "a", "x"));
        await apps.Left().BatchAsync(LeftRecord(1, "k", "b1"));

        var versions = apps.Published.ConvertAll(record => long.Parse(record.Headers.Single(header => header.Key == HeaderNames.Version).ValueAsText!, CultureInfo.InvariantCulture));
        Assert.Equal(3, versions.Count);
        Assert.Equal(versions.Order().Distinct(), versions);
    }

    [Fact]
    public async Task Filter_OfResults_TakesAwayWhatNoLongerHolds()
    {
        var join = Inner();
        var apps = new JoinApps(
            () => (Source().AsLeftOf(join).Filter((_, value) => value != "a1|x").To(Serdes.Utf8, Serdes.Utf8!), Source().AsRightOf(join).Filter((_, value) => value != "a1|x").To(Serdes.Utf8, Serdes.Utf8!)),
            Storage);
        await apps.Left().BatchAsync(LeftRecord(0, "k", "a1"));

        foreach (var (offset, value) in new[] { "x", "y", "x" }.Index())
        {
            await apps.Right().BatchAsync(RightRecord(offset, "a", value));
        }

        Assert.Equal(["k=a1|y at 1000", "k=- at 1000"], apps.Shown);
    }

    [Fact]
    public async Task LeftKeys_MoreThanARowHolds_BecomeDeadLetters()
    {
        var apps = Apps(Inner());
        var left = apps.Left();
        var keys = Enumerable.Range(0, 1_040).Select(i => i.ToString(CultureInfo.InvariantCulture).PadLeft(400, 'k')).ToList();

        foreach (var batch in keys.Select((key, i) => LeftRecord(i, key, "a1")).Chunk(260))
        {
            await left.BatchAsync(batch);
        }

        Assert.Equal(keys.Count - (400 * 1024 / 402), left.DeadLetters.Count);
        Assert.All(left.DeadLetters, letter => Assert.IsType<StateRowTooLargeException>(letter.Error));
        await apps.Right().BatchAsync(RightRecord(0, "a", "x"));
        Assert.Equal(keys.Count - left.DeadLetters.Count, apps.Published.Count);
    }

    [Fact]
    public void AsLeftOf_NewKeys_IsRefused()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Source().SelectKey((_, value) => value).AsLeftOf(Inner()));

        Assert.Contains("Write it to a topic", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stores_OfEitherFunction_AreOneOfLeftKeys()
    {
        var join = Inner();

        var (left, right) = (Source().AsLeftOf(join).Build().Stores.Single(), Source().AsRightOf(join).Build().Stores.Single());

        Assert.Equal((left.Name, left.KeyFormat, left.ValueFormat), (right.Name, right.KeyFormat, right.ValueFormat));
        Assert.Equal([LeftFunction, RightFunction], right.Functions);
    }

    internal static ForeignKeyJoin<string?, string?, string?, string?, string> Inner() =>
        ForeignKeyJoin.Inner("linked", Serdes.Utf8, Serdes.Utf8, ForeignKeyOf, Serdes.Utf8, Serdes.Utf8, Joined, LeftFunction, RightFunction);

    internal static ForeignKeyJoin<string?, string?, string?, string?, string> Left() =>
        ForeignKeyJoin.Left("linked", Serdes.Utf8, Serdes.Utf8, ForeignKeyOf, Serdes.Utf8, Serdes.Utf8, Joined, LeftFunction, RightFunction);

    private static string? ForeignKeyOf(string? value) => char.IsLetter(value![0]) ? value[..1] : null;

    private static string Joined(string? left, string? right) => $"{left}|{right}";

    private JoinApps Apps(ForeignKeyJoin<string?, string?, string?, string?, string> join, InMemoryStateStorage? storage = null) => new(
        () => (Source().AsLeftOf(join).To(Serdes.Utf8, Serdes.Utf8!), Source().AsRightOf(join).To(Serdes.Utf8, Serdes.Utf8!)), storage ?? Storage);

    private sealed class Writes(List<StateKey> rows) : IStateHook
    {
        public ValueTask BeforeAsync(StateOperation operation, CancellationToken cancellationToken)
        {
            rows.AddRange(operation.Writes.Select(write => write.Key));
            return ValueTask.CompletedTask;
        }

        public ValueTask AfterAsync(StateOperation operation, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
