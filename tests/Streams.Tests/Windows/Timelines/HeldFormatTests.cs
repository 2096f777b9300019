using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.Windows;
using KafkaFunctions.Streams.Windows.Results;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Tests.Windows.Timelines;

/// <summary>Rows of results that are held, and that those of others are what they were before.</summary>
public sealed class HeldFormatTests
{
    private const string Plain = "01020100032802140A0A0207140A0A020800";
    private const string Holding = "020A01000328031E0402140A0A02070310140A0A0208010A0002140A1E1E0207500A5A5A00";
    private const string PlainPage = "0102140A0A0207140A0A0208";
    private const string HoldingPage = "0202140A0A02070310140A0A0208010A";
    private const string Finals = "0102000201140A1E02070102021414200208";
    private const string Held = "0202020201140A1E020718030202141420001A";

    [Theory]
    [InlineData(false, Plain)]
    [InlineData(true, Holding)]
    public void Encode_ATimeline_IsOfTheFormatThatItNeeds(bool holds, string expected) =>
        Assert.Equal(expected, Convert.ToHexString(TimelineCodec.Encode(TimelineOf(holds))));

    [Theory]
    [InlineData(false, Plain)]
    [InlineData(true, Holding)]
    public void Decode_OfTheReleasedFormat_GivesTheTimeline(bool holds, string bytes)
    {
        var read = TimelineCodec.Decode(Convert.FromHexString(bytes), null, Create);

        Assert.Equal(Shown(TimelineOf(holds)), Shown(read));
        Assert.Equal(holds, read.Holds);
        Assert.Equal(read.HeldIndex, read.StoredHeldIndex);
    }

    [Theory]
    [InlineData(false, PlainPage)]
    [InlineData(true, HoldingPage)]
    public void Encode_APage_IsReadAgain(bool holds, string expected)
    {
        var page = TimelineOf(holds).Segments[0];
        var bytes = TimelineCodec.EncodePage(page);

        Assert.Equal(expected, Convert.ToHexString(bytes));
        Assert.Equal(Shown(page.Entries!), Shown(TimelineCodec.DecodePage(bytes, new TimelineSegment(), Create)));
    }

    [Theory]
    [InlineData(false, Finals)]
    [InlineData(true, Held)]
    public void Encode_AnOutboxRow_IsReadAgain(bool isHeld, string expected)
    {
        FinalResult[] results =
        [
            new([1], new Window(10, 20), 15, [7], IsByIdleness: false) { HeldSince = isHeld ? 12 : null },
            new([2], new Window(10, 30), 16, isHeld ? null : [8], IsByIdleness: true) { HeldSince = isHeld ? 13 : null },
        ];
        var row = new OutboxRow(5, results);
        var bytes = row.Encode();

        Assert.Equal(expected, Convert.ToHexString(bytes));
        Assert.Equal(results.Select(Shown), OutboxRow.Decode(new StateRow(row.Key, bytes, "etag")).Results.Select(Shown));
    }

    [Fact]
    public void Decode_OfANewerFormat_IsRefused()
    {
        Assert.Throws<InvalidDataException>(() => TimelineCodec.Decode([3, 0, 0, 0, 0], null, Create));
        Assert.Throws<InvalidDataException>(() => TimelineCodec.DecodePage([3, 0], new TimelineSegment(), Create));
        Assert.Throws<InvalidDataException>(() => OutboxRow.Decode(new StateRow(new OutboxRow(5, []).Key, [3, 0], "etag")));
    }

    /// <summary>One that was set aside and is held anew, one that is held, and one that was taken away.</summary>
    private static Timeline TimelineOf(bool holds)
    {
        var timeline = new Timeline(Create, [new TimelineSegment { Entries = [] }]) { Holds = holds, Index = new DueIndex(DueKind.Close, 3, 20), WrittenMinute = 1 };
        var again = timeline.Add(10, 20);
        (again.Timestamp, again.Bytes) = (15, [7]);
        timeline.Hold(again, 15);
        timeline.SetDueAside(15, 10, 20);
        timeline.Hold(again, 18);
        var first = timeline.Add(20, 30);
        (first.Timestamp, first.Bytes) = (25, [8]);
        timeline.Hold(first, 25);
        var gone = timeline.Add(40, 50);
        gone.IsEmitted = true;
        timeline.Retract(gone, 0, 45);
        timeline.HeldIndex = holds ? new DueIndex(DueKind.Release, 3, 15) { Count = timeline.CountHeld() } : null;
        return timeline;
    }

    private static TimelineEntry Create() => new();

    private static string Shown(Timeline timeline) =>
        $"{timeline.Index} {timeline.HeldIndex} {Shown(timeline.Entries)} {string.Join(' ', timeline.Held.Select(held => $"{held.Window}@{held.Since},{held.Timestamp}={Shown(held.Value)}"))}";

    private static string Shown(IEnumerable<TimelineEntry> entries) => string.Join(
        ' ', entries.Select(entry => $"{entry.Window}@{entry.Timestamp}={Shown(entry.Bytes)} {entry.HeldSince} {entry.IsEmitted}"));

    private static string Shown(FinalResult result) =>
        $"{Shown(result.Key)} {result.Window}@{result.Timestamp}={Shown(result.Value)} {result.IsByIdleness} {result.HeldSince}";

    private static string Shown(byte[]? bytes) => bytes is null ? "-" : Convert.ToHexString(bytes);
}
