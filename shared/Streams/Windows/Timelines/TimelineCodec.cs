using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>Timelines as bytes: the value of a key's row, and pages. A stored format: what was released is read for ever.</summary>
/// <remarks>Format 1: flags, minute of the last write, floor, place in the index, pages (next number, then number, first start,
/// highest end, and whether there is something open, of each, and the first start of the row's own windows), then windows (distance to the start before, length, distance of
/// the timestamp from the start, aggregate), and in the same way those that are superseded. A page is the format and windows.
/// Format 2 is that of results that are held: behind the first place in the index one by what is held, with each page's head how many are
/// held and since when, behind each window whether it is held, and since when, and whether it was emitted, and at the end what is held
/// beside windows.</remarks>
internal static class TimelineCodec
{
    /// <summary>The format that is written where no results are held.</summary>
    public const byte Format = 1;

    /// <summary>The newest format that is read.</summary>
    public const byte HoldingFormat = 2;

    private const byte FloorFlag = 1;
    private const byte IndexFlag = 2;
    private const byte PagesFlag = 4;
    private const byte HeldIndexFlag = 8;
    private const byte HeldFlag = 1;
    private const byte EmittedFlag = 2;
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
        writer.Byte(timeline.Holds ? HoldingFormat : Format);
        var hasPages = timeline.Segments.Count > 1 || timeline.NextPage > 0;
        writer.Byte((byte)((timeline.Floor > long.MinValue ? FloorFlag : 0) | (timeline.Index is null ? 0 : IndexFlag) | (hasPages ? PagesFlag : 0) | (timeline.Holds && timeline.HeldIndex is not null ? HeldIndexFlag : 0)));
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

        if (timeline is { Holds: true, HeldIndex: { } held })
        {
            writer.Number(held.Source);
            writer.Signed(held.Time);
            writer.Number(held.Count);
        }

        if (hasPages)
        {
            WritePages(writer, timeline);
        }

        Write(writer, inline.Entries!, timeline.Holds);
        Write(writer, timeline.Superseded, timeline.Holds);
        if (timeline.Holds)
        {
            WriteHeld(writer, timeline.Held);
        }

        return writer.ToArray();
    }

    public static byte[] EncodePage(TimelineSegment page)
    {
        var writer = new RowWriter(SizeOf(page.Entries!));
        var holds = page.Entries!.Exists(static entry => entry.IsHeld || entry.IsEmitted);
        writer.Byte(holds ? HoldingFormat : Format);
        Write(writer, page.Entries, holds);
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
        var holds = reader.Format(HoldingFormat) == HoldingFormat;
        var flags = reader.Byte();
        var minute = reader.Number();
        var floor = (flags & FloorFlag) != 0 ? reader.Signed() : long.MinValue;
        DueIndex? index = (flags & IndexFlag) != 0 ? new DueIndex((DueKind)reader.Byte(), reader.Int32(), reader.Signed()) : null;
        DueIndex? heldIndex = (flags & HeldIndexFlag) != 0 ? new DueIndex(DueKind.Release, reader.Int32(), reader.Signed()) { Count = reader.Int32() } : null;
        var segments = new List<TimelineSegment>(1);
        var next = 0L;
        var inline = new TimelineSegment();
        if ((flags & PagesFlag) != 0)
        {
            next = reader.Number();
            ReadPages(ref reader, segments, pages, holds, new PageReader(create, translate));
            inline.First = reader.Signed();
        }

        inline.Entries = Read(ref reader, reader.Count(), inline, create, holds);
        var count = reader.Count();
        var superseded = count == 0 ? null : Read(ref reader, count, new TimelineSegment(), create, holds);
        List<HeldResult>? held = holds ? ReadHeld(ref reader) : null;
        reader.End();
        segments.Add(inline);
        return new Timeline(create, segments, superseded, held)
        {
            PageBase = pageBase,
            Floor = floor,
            Index = index,
            StoredIndex = index,
            HeldIndex = heldIndex,
            StoredHeldIndex = heldIndex,
            Holds = holds,
            WrittenMinute = minute,
            NextPage = next,
        };
    }

    /// <exception cref="InvalidDataException">The bytes are no page, or one of a newer format.</exception>
    public static List<TimelineEntry> DecodePage(byte[] bytes, TimelineSegment page, Func<TimelineEntry> create)
    {
        var reader = new RowReader(bytes);
        var holds = reader.Format(HoldingFormat) == HoldingFormat;
        var entries = Read(ref reader, reader.Count(), page, create, holds);
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
            if (timeline.Holds)
            {
                var held = timeline.Segments[i].Held;
                writer.Number(held.Count);
                writer.Signed(held.Earliest);
            }
        }

        writer.Signed(timeline.Segments[^1].First);
    }

    private static void ReadPages(ref RowReader reader, List<TimelineSegment> segments, IReadOnlyDictionary<long, byte[]>? pages, bool holds, PageReader pageReader)
    {
        for (var count = reader.Count(); count > 0; count--)
        {
            var segment = new TimelineSegment
            {
                Id = reader.Number(),
                First = reader.Signed(),
                MaxEnd = reader.Signed(),
                HasOpen = reader.Byte() != 0,
                Held = holds ? new HeldRange(reader.Int32(), reader.Signed()) : HeldRange.None,
            };
            if (pages is not null && pages.TryGetValue(segment.Id, out var bytes))
            {
                segment.Take(bytes, pageReader);
            }

            segments.Add(segment);
        }
    }

    private static void Write(RowWriter writer, IReadOnlyList<TimelineEntry> entries, bool holds)
    {
        writer.Number(entries.Count);
        var last = 0L;
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            entry.Encode();
            writer.Signed(entry.Start - last);
            writer.Number(entry.End - entry.Start);
            writer.Signed(entry.Timestamp - entry.Start);
            writer.Bytes(entry.Bytes);
            if (holds)
            {
                WriteHeld(writer, entry);
            }

            last = entry.Start;
        }
    }

    private static void WriteHeld(RowWriter writer, TimelineEntry entry)
    {
        writer.Byte((byte)((entry.IsHeld ? HeldFlag : 0) | (entry.IsEmitted ? EmittedFlag : 0)));
        if (entry.IsHeld)
        {
            writer.Signed(entry.HeldSince - entry.Start);
        }
    }

    private static void ReadHeld(ref RowReader reader, TimelineEntry entry)
    {
        var flags = reader.Byte();
        entry.IsEmitted = (flags & EmittedFlag) != 0;
        if ((flags & HeldFlag) != 0)
        {
            entry.HeldSince = entry.Start + reader.Signed();
        }
    }

    private static void WriteHeld(RowWriter writer, IReadOnlyList<HeldResult> held)
    {
        writer.Number(held.Count);
        foreach (var result in held)
        {
            writer.Signed(result.Window.Start);
            writer.Number(result.Window.End - result.Window.Start);
            writer.Signed(result.Since);
            writer.Signed(result.Timestamp);
            writer.Bytes(result.Value);
        }
    }

    private static List<HeldResult>? ReadHeld(ref RowReader reader)
    {
        var count = reader.Count();
        if (count == 0)
        {
            return null;
        }

        var held = new List<HeldResult>(count);
        for (var i = 0; i < count; i++)
        {
            var start = reader.Signed();
            held.Add(new HeldResult(new Window(start, start + reader.Number()), reader.Signed(), reader.Signed(), reader.Bytes()));
        }

        return held;
    }

    private static List<TimelineEntry> Read(ref RowReader reader, int count, TimelineSegment segment, Func<TimelineEntry> create, bool holds)
    {
        var entries = new List<TimelineEntry>(count + 1);
        var last = 0L;
        for (var i = 0; i < count; i++)
        {
            var entry = create();
            entry.Start = last += reader.Signed();
            entry.End = entry.Start + reader.Number();
            entry.Timestamp = entry.Start + reader.Signed();
            entry.Bytes = reader.Bytes();
            if (holds)
            {
                ReadHeld(ref reader, entry);
            }

            entry.Segment = segment;
            segment.MaxEnd = Math.Max(segment.MaxEnd, entry.End);
            entries.Add(entry);
        }

        return entries;
    }

    /// <summary>About as many bytes as are written; brings the entries' bytes up to date.</summary>
    private static int SizeOf(IReadOnlyList<TimelineEntry> entries)
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
