using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>Timelines as bytes: the value of a key's row, and pages. A stored format: what was released is read for ever.</summary>
/// <remarks>Format 1: flags, minute of the last write, floor, place in the index, pages (next number, then number, first start,
/// highest end, and whether there is something open, of each, and the first start of the row's own windows), then windows (distance to the start before, length, distance of
/// the timestamp from the start, aggregate), and in the same way those that are superseded. A page is the format and windows.</remarks>
internal static class TimelineCodec
{
    /// <summary>The format that is written, and the newest that is read.</summary>
    public const byte Format = 1;

    private const byte FloorFlag = 1;
    private const byte IndexFlag = 2;
    private const byte PagesFlag = 4;
    private const int RoomOfHead = 32;
    private const int RoomOfEntry = 16;

    public static byte[] Encode(Timeline timeline) =>
        Encode(timeline, new RowWriter(RoomOfHead + SizeOf(timeline.Segments[^1].Entries!) + SizeOf(timeline.Superseded)));

    /// <param name="timeline">The timeline.</param>
    /// <param name="writer">Memory to write in; what is in it is cleared.</param>
    public static byte[] Encode(Timeline timeline, RowWriter writer)
    {
        var inline = timeline.Segments[^1];
        writer.Clear();
        writer.Byte(Format);
        var hasPages = timeline.Segments.Count > 1 || timeline.NextPage > 0;
        writer.Byte((byte)((timeline.Floor > long.MinValue ? FloorFlag : 0) | (timeline.Index is null ? 0 : IndexFlag) | (hasPages ? PagesFlag : 0)));
        writer.Number(timeline.WrittenMinute);
        if (timeline.Floor > long.MinValue)
        {
            writer.Signed(timeline.Floor);
        }

        if (timeline.Index is { } index)
        {
            writer.Byte((byte)index.Kind);
            writer.Number(index.Source);
            writer.Signed(index.Time);
        }

        if (hasPages)
        {
            WritePages(writer, timeline);
        }

        Write(writer, inline.Entries!);
        Write(writer, timeline.Superseded);
        return writer.ToArray();
    }

    public static byte[] EncodePage(TimelineSegment page)
    {
        var writer = new RowWriter(SizeOf(page.Entries!));
        writer.Byte(Format);
        Write(writer, page.Entries!);
        return writer.ToArray();
    }

    /// <param name="bytes">The value of the key's row; null where there is none.</param>
    /// <param name="pages">The pages that were read.</param>
    /// <param name="create">Makes an entry.</param>
    /// <param name="pageBase">Where the numbers of its pages begin.</param>
    /// <param name="translate">What is raised for a page that cannot be read; null for the error itself.</param>
    /// <exception cref="InvalidDataException">The bytes are no timeline, or one of a newer format.</exception>
    public static Timeline Decode(
        byte[]? bytes,
        IReadOnlyDictionary<long, byte[]>? pages,
        Func<TimelineEntry> create,
        long pageBase = 0,
        Func<InvalidDataException, Exception>? translate = null)
    {
        if (bytes is null)
        {
            return new Timeline(create, [new TimelineSegment { Entries = [] }]) { PageBase = pageBase };
        }

        var reader = new RowReader(bytes);
        reader.Format(Format);
        var flags = reader.Byte();
        var minute = reader.Number();
        var floor = (flags & FloorFlag) != 0 ? reader.Signed() : long.MinValue;
        DueIndex? index = (flags & IndexFlag) != 0 ? new DueIndex((DueKind)reader.Byte(), reader.Int32(), reader.Signed()) : null;
        var segments = new List<TimelineSegment>(1);
        var next = 0L;
        var inline = new TimelineSegment();
        if ((flags & PagesFlag) != 0)
        {
            next = reader.Number();
            ReadPages(ref reader, segments, pages, new PageReader(create, translate));
            inline.First = reader.Signed();
        }

        inline.Entries = Read(ref reader, inline, create);
        var superseded = Read(ref reader, null, create);
        reader.End();
        segments.Add(inline);
        return new Timeline(create, segments) { PageBase = pageBase, Superseded = superseded, Floor = floor, Index = index, StoredIndex = index, WrittenMinute = minute, NextPage = next };
    }

    /// <exception cref="InvalidDataException">The bytes are no page, or one of a newer format.</exception>
    public static List<TimelineEntry> DecodePage(byte[] bytes, TimelineSegment page, Func<TimelineEntry> create)
    {
        var reader = new RowReader(bytes);
        reader.Format(Format);
        var entries = Read(ref reader, page, create);
        reader.End();
        return entries;
    }

    private static void WritePages(RowWriter writer, Timeline timeline)
    {
        writer.Number(timeline.NextPage);
        writer.Number(timeline.Segments.Count - 1);
        for (var i = 0; i < timeline.Segments.Count - 1; i++)
        {
            writer.Number(timeline.Segments[i].Id);
            writer.Signed(timeline.Segments[i].First);
            writer.Signed(timeline.Segments[i].MaxEnd);
            writer.Byte(timeline.Segments[i].HasOpen ? (byte)1 : (byte)0);
        }

        writer.Signed(timeline.Segments[^1].First);
    }

    private static void ReadPages(ref RowReader reader, List<TimelineSegment> segments, IReadOnlyDictionary<long, byte[]>? pages, PageReader pageReader)
    {
        for (var count = reader.Count(); count > 0; count--)
        {
            var segment = new TimelineSegment { Id = reader.Number(), First = reader.Signed(), MaxEnd = reader.Signed(), HasOpen = reader.Byte() != 0 };
            if (pages is not null && pages.TryGetValue(segment.Id, out var bytes))
            {
                segment.Take(bytes, pageReader);
            }

            segments.Add(segment);
        }
    }

    private static void Write(RowWriter writer, List<TimelineEntry> entries)
    {
        writer.Number(entries.Count);
        var last = 0L;
        foreach (var entry in entries)
        {
            entry.Encode();
            writer.Signed(entry.Start - last);
            writer.Number(entry.End - entry.Start);
            writer.Signed(entry.Timestamp - entry.Start);
            writer.Bytes(entry.Bytes);
            last = entry.Start;
        }
    }

    private static List<TimelineEntry> Read(ref RowReader reader, TimelineSegment? segment, Func<TimelineEntry> create)
    {
        var count = reader.Count();
        if (segment is null && count == 0)
        {
            return [];
        }

        segment ??= new TimelineSegment();
        var entries = new List<TimelineEntry>(count + 1);
        var last = 0L;
        for (var i = 0; i < count; i++)
        {
            var entry = create();
            entry.Start = last += reader.Signed();
            entry.End = entry.Start + reader.Number();
            entry.Timestamp = entry.Start + reader.Signed();
            entry.Bytes = reader.Bytes();
            entry.Segment = segment;
            segment.MaxEnd = Math.Max(segment.MaxEnd, entry.End);
            entries.Add(entry);
        }

        return entries;
    }

    /// <summary>About as many bytes as are written; brings the entries' bytes up to date.</summary>
    private static int SizeOf(List<TimelineEntry> entries)
    {
        var size = 0;
        foreach (var entry in entries)
        {
            entry.Encode();
            size += RoomOfEntry + (entry.Bytes?.Length ?? 0);
        }

        return size;
    }
}
