using System.Globalization;
using KafkaFunctions.Streams.Joins;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.Tables;
using KafkaFunctions.Streams.Tests.State;
using static KafkaFunctions.Streams.Tests.Joins.JoinApps;
using static KafkaFunctions.Streams.Tests.State.StateApp;

namespace KafkaFunctions.Streams.Tests.Joins;

/// <summary>Table-table joins, rule by rule.</summary>
public sealed class TableJoinTests : StateTest
{
    [Fact]
    public async Task EitherSideTriggers_Inner_GivesAResultWhereBothAre()
    {
        var apps = Apps(Inner());

        await apps.Left().BatchAsync(LeftRecord(0, "a", "1"), LeftRecord(1, "b", "2"));
        await apps.Right().BatchAsync(RightRecord(0, "a", "x"), RightRecord(1, "c", "y"));
        await apps.Left().BatchAsync(LeftRecord(2, "c", "3"), LeftRecord(3, "a", "4"));

        Assert.Equal(["a=1|x at 1000", "c=3|y at 1000", "a=4|x at 1000"], apps.Shown);
    }

    [Fact]
    public async Task EitherSideTriggers_Left_GivesNullForTheRight()
    {
        var apps = Apps(Left());

        await apps.Left().BatchAsync(LeftRecord(0, "a", "1"));
        await apps.Right().BatchAsync(RightRecord(0, "a", "x"), RightRecord(1, "b", "y"));
        await apps.Right().BatchAsync(RightRecord(2, "a", null));

        Assert.Equal(["a=1| at 1000", "a=1|x at 1000", "a=1| at 1000"], apps.Shown);
    }

    [Fact]
    public async Task EitherSideTriggers_Outer_GivesNullForEither()
    {
        var apps = Apps(Outer());

        await apps.Right().BatchAsync(RightRecord(0, "a", "x"));
        await apps.Left().BatchAsync(LeftRecord(0, "a", "1"), LeftRecord(1, "b", "2"));
        await apps.Right().BatchAsync(RightRecord(1, "a", null));
        await apps.Left().BatchAsync(LeftRecord(2, "a", null));

        Assert.Equal(["a=|x at 1000", "a=1|x at 1000", "b=2| at 1000", "a=1| at 1000", "a=- at 1000"], apps.Shown);
    }

    [Fact]
    public async Task Tombstone_NoResultExisted_IsNotPassedOn()
    {
        var apps = Apps(Inner());

        await apps.Left().BatchAsync(LeftRecord(0, "a", "1"));
        await apps.Right().BatchAsync(RightRecord(0, "a", null), RightRecord(1, "b", "x"));
        await apps.Left().BatchAsync(LeftRecord(1, "a", null), LeftRecord(2, "b", null));
        await apps.Left().BatchAsync(LeftRecord(3, "b", "2"));
        await apps.Right().BatchAsync(RightRecord(2, "b", null));
        await apps.Left().BatchAsync(LeftRecord(4, "b", null));

        Assert.Equal(["b=2|x at 1000", "b=- at 1000"], apps.Shown);
    }

    [Theory]
    [InlineData(999, 2)]
    [InlineData(1_000, 1)]
    [InlineData(1_001, 1)]
    public async Task SourceTable_SameValue_ChangesNothingUnlessItsTimeIsOlder(long timestamp, int updates)
    {
        var apps = Apps(Left());

        await apps.Left().BatchAsync(LeftRecord(0, "a", "1"));
        await apps.Left().BatchAsync(LeftRecord(1, "a", "1", timestamp));

        Assert.Equal(updates, apps.Published.Count);
    }

    [Fact]
    public async Task SourceTable_SameValueWithANewerTime_KeepsTheOldTime()
    {
        var apps = Apps(Inner());

        await apps.Left().BatchAsync(LeftRecord(0, "a", "1", 1_000), LeftRecord(1, "a", "1", 5_000));
        await apps.Right().BatchAsync(RightRecord(0, "a", "x", 2_000));

        Assert.Equal(["a=1|x at 2000"], apps.Shown);
    }

    [Fact]
    public async Task Table_OlderTimeAtALaterOffset_Wins()
    {
        var apps = Apps(Inner());

        await apps.Left().BatchAsync(LeftRecord(0, "a", "1", 5_000), LeftRecord(1, "a", "2", 10));
        await apps.Right().BatchAsync(RightRecord(0, "a", "x", 7));

        Assert.Equal(["a=2|x at 10"], apps.Shown);
    }

    [Theory]
    [InlineData(1_999, 2_000)]
    [InlineData(2_000, 2_000)]
    [InlineData(2_001, 2_001)]
    public async Task ResultTime_OfBothSides_IsTheHigherOne(long right, long result)
    {
        var apps = Apps(Inner());

        await apps.Left().BatchAsync(LeftRecord(0, "a", "1", 2_000));
        await apps.Right().BatchAsync(RightRecord(0, "a", "x", right));

        Assert.Equal(result, apps.Published.Single().Timestamp);
    }

    [Fact]
    public async Task ResultTime_OfAnUnmatchedValue_IsItsOwn()
    {
        var apps = Apps(Outer());

        await apps.Right().BatchAsync(RightRecord(0, "a", "x", 42));

        Assert.Equal(42, apps.Published.Single().Timestamp);
    }

    [Fact]
    public async Task NullKey_OnEitherSide_IsIgnored()
    {
        var apps = Apps(Outer());

        await apps.Left().BatchAsync(LeftRecord(0, null, "1"));
        await apps.Right().BatchAsync(RightRecord(0, null, "x"));

        Assert.Empty(apps.Published);
    }

    [Fact]
    public async Task Versions_OfBothFunctions_GrowTogether()
    {
        var apps = Apps(Outer());

        await apps.Left().BatchAsync(LeftRecord(0, "a", "1"));
        await apps.Right().BatchAsync(RightRecord(0, "a", "x"));
        await apps.Left().BatchAsync(LeftRecord(1, "a", "2"));

        Assert.Equal([1, 2, 3], apps.Published.Select(VersionOf));
    }

    [Fact]
    public async Task BothFunctions_ReadOneTopic_EachCountsItsOffsetsForItself()
    {
        var apps = Apps(Inner());

        await apps.Left().BatchAsync(LeftRecord(0, "a", "1"), LeftRecord(1, "b", "2"));
        await apps.Right().BatchAsync(LeftRecord(0, "a", "1"), LeftRecord(1, "b", "2"));

        Assert.Equal(["a=1|1 at 1000", "b=2|2 at 1000"], apps.Shown);
    }

    [Fact]
    public async Task Filter_OfResults_TakesAwayWhatNoLongerHolds()
    {
        var join = Inner();
        var apps = new JoinApps(
            () => (Source().AsLeftOf(join).Filter((_, value) => value != "1|x").To(Serdes.Utf8, Serdes.Utf8!), Source().AsRightOf(join).Filter((_, value) => value != "1|x").To(Serdes.Utf8, Serdes.Utf8!)),
            Storage);

        await apps.Left().BatchAsync(LeftRecord(0, "a", "1"));
        await apps.Right().BatchAsync(RightRecord(0, "a", "x"));
        await apps.Right().BatchAsync(RightRecord(1, "a", "y"));
        await apps.Right().BatchAsync(RightRecord(2, "a", "x"));

        Assert.Equal(["a=1|y at 1000", "a=- at 1000"], apps.Shown);
    }

    [Fact]
    public async Task Run_InAFunctionOfAnotherName_SaysWhichOne()
    {
        var app = new StateApp(Source().AsLeftOf(Inner()).To(Serdes.Utf8, Serdes.Utf8!), Storage);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => app.BatchAsync(LeftRecord(0, "a", "1")));

        Assert.Contains("function L, and it runs in F", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LookUp_InTheStoreOfAJoin_IsRefused()
    {
        await Apps(Inner()).Left().BatchAsync(LeftRecord(0, "a", "1"));
        var app = new StateApp(Source().Join(new TableRef<string?, string?>("joined", Serdes.Utf8, Serdes.Utf8), (mine, other) => mine + other).To(Serdes.Utf8, Serdes.Utf8!), Storage);

        await Assert.ThrowsAsync<StoreMismatchException>(() => app.BatchAsync(Record(0, "a", "x")));
    }

    [Fact]
    public void Of_OneFunctionForBothSides_IsRefused() =>
        Assert.Throws<ArgumentException>(() => TableJoin.Inner("joined", Serdes.Utf8, Serdes.Utf8, Serdes.Utf8, (left, right) => left + right, "L", "L"));

    [Fact]
    public void GroupBy_OfResults_IsRefused()
    {
        var joined = Source().AsLeftOf(Inner());

        var error = Assert.Throws<InvalidOperationException>(() => joined.GroupBy((key, value) => KeyValue.Pair(value, value), Serdes.Utf8!).Count("groups"));

        Assert.Contains("Write them to a topic", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stores_OfAJoin_NameBothFunctions() =>
        Assert.Equal([LeftFunction, RightFunction], Source().AsRightOf(Inner()).To(Serdes.Utf8, Serdes.Utf8!).Stores.Single().Functions);

    internal static TableJoin<string?, string?, string?, string> Inner() => TableJoin.Inner("joined", Serdes.Utf8, Serdes.Utf8, Serdes.Utf8, Joined, LeftFunction, RightFunction);

    internal static TableJoin<string?, string?, string?, string> Left() => TableJoin.Left("joined", Serdes.Utf8, Serdes.Utf8, Serdes.Utf8, Joined, LeftFunction, RightFunction);

    internal static TableJoin<string?, string?, string?, string> Outer() => TableJoin.Outer("joined", Serdes.Utf8, Serdes.Utf8, Serdes.Utf8, Joined, LeftFunction, RightFunction);

    private static string Joined(string? left, string? right) => $"{left}|{right}";

    private JoinApps Apps(TableJoin<string?, string?, string?, string> join) => new(
        () => (Source().AsLeftOf(join).To(Serdes.Utf8, Serdes.Utf8!), Source().AsRightOf(join).To(Serdes.Utf8, Serdes.Utf8!)), Storage);

    private static long VersionOf(OutputRecord record) =>
        long.Parse(record.Headers.Single(header => header.Key == HeaderNames.Version).ValueAsText!, CultureInfo.InvariantCulture);
}
