namespace KafkaFunctions.Streams.State.Rows;

/// <summary>State rows as bytes. A stored format: what was released is read for ever, what is newer is refused.</summary>
/// <remarks>Format 1: version, timestamp, value, topics (texts), applied (topic's index, partition, offset), pending (topic's
/// index, partition, offset, ordinal, flags, then an emission's version, timestamp, old value and value, or a poison record's
/// error type, message and attempts); a window's bounds come behind the timestamp. A pending value that is the row's value is not stored twice.</remarks>
internal static class RowCodec
{
    /// <summary>The format that is written, and the newest that is read.</summary>
    public const byte Format = 1;

    private const byte KindMask = 0x03;
    private const byte OldFlag = 0x04;
    private const byte SameFlag = 0x08;
    private const byte WindowFlag = 0x10;
    private const int RoomBesideValue = 64;

    public static byte[] Encode(RowState row) => Encode(row, new RowWriter((row.Value?.Length ?? 0) + RoomBesideValue), []);

    /// <param name="row">The row.</param>
    /// <param name="writer">What rows are written with one after the other.</param>
    /// <param name="topics">A list for the row's topics, likewise.</param>
    public static byte[] Encode(RowState row, RowWriter writer, List<string> topics)
    {
        writer.Clear();
        writer.Byte(Format);
        writer.Number(row.Version);
        writer.Signed(row.Timestamp);
        writer.Bytes(row.Value);
        topics.Clear();
        AddTopics(topics, row);
        writer.Number(topics.Count);
        foreach (var topic in topics)
        {
            writer.Text(topic);
        }

        writer.Number(row.Applied.Length);
        foreach (var applied in row.Applied)
        {
            WriteSource(writer, topics, applied.Source, applied.Offset);
        }

        writer.Number(row.Pending.Length);
        foreach (var entry in row.Pending)
        {
            WriteSource(writer, topics, entry.Source, entry.Offset);
            Write(writer, entry, row.Value);
        }

        return writer.ToArray();
    }

    /// <param name="bytes">The bytes.</param>
    /// <param name="startOf">The first offset of a source partition that is not done; what is pending for those before is left out.
    /// Null to read all.</param>
    /// <exception cref="InvalidDataException">The bytes are no row, or one of a newer format.</exception>
    public static RowState Decode(ReadOnlySpan<byte> bytes, Func<SourcePartition, long?>? startOf = null)
    {
        var reader = new RowReader(bytes);
        reader.Format(Format);
        var version = reader.Number();
        var timestamp = reader.Signed();
        var value = reader.Bytes();
        var topics = new string[reader.Count()];
        for (var i = 0; i < topics.Length; i++)
        {
            topics[i] = reader.KnownText();
        }

        var applied = new AppliedOffset[reader.Count()];
        for (var i = 0; i < applied.Length; i++)
        {
            applied[i] = new AppliedOffset(ReadSource(ref reader, topics), reader.Number());
        }

        var pending = ReadPending(ref reader, topics, value, startOf);
        reader.End();
        return new RowState(value, timestamp, version, applied, pending);
    }

    private static PendingEntry[] ReadPending(ref RowReader reader, string[] topics, byte[]? value, Func<SourcePartition, long?>? startOf)
    {
        List<PendingEntry>? pending = null;
        for (var rest = reader.Count(); rest > 0; rest--)
        {
            if (ReadEntry(ref reader, topics, value, startOf) is { } entry)
            {
                (pending ??= new List<PendingEntry>(rest)).Add(entry);
            }
        }

        return pending is null ? [] : [.. pending];
    }

    private static void WriteSource(RowWriter writer, List<string> topics, in SourcePartition source, long offset)
    {
        writer.Number(topics.IndexOf(source.Topic));
        writer.Number(source.Partition);
        writer.Number(offset);
    }

    private static void Write(RowWriter writer, PendingEntry entry, byte[]? value)
    {
        writer.Number(entry.Ordinal);
        var same = entry.Value is not null && value is not null && entry.Value.AsSpan().SequenceEqual(value);
        var hasWindow = entry.Window != default;
        writer.Byte((byte)((byte)entry.Kind | (entry.HasOld ? OldFlag : 0) | (same ? SameFlag : 0) | (hasWindow ? WindowFlag : 0)));
        if (entry.Poison is { } poison)
        {
            writer.Text(poison.ErrorType);
            writer.Text(poison.Message);
            writer.Number(poison.Attempts);
            return;
        }

        writer.Number(entry.Version);
        writer.Signed(entry.Timestamp);
        if (hasWindow)
        {
            writer.Signed(entry.Window.Start);
            writer.Number(entry.Window.End - entry.Window.Start);
        }

        if (entry.HasOld)
        {
            writer.Bytes(entry.Old);
        }

        if (!same)
        {
            writer.Bytes(entry.Value);
        }
    }

    private static SourcePartition ReadSource(ref RowReader reader, string[] topics)
    {
        var topic = reader.Int32();
        return topic < topics.Length ? new SourcePartition(topics[topic], reader.Int32()) : throw RowReader.Damaged("a topic is not there");
    }

    /// <returns>Null where it is for a record that is done: nothing is made of it.</returns>
    private static PendingEntry? ReadEntry(ref RowReader reader, string[] topics, byte[]? value, Func<SourcePartition, long?>? startOf)
    {
        var source = ReadSource(ref reader, topics);
        var offset = reader.Number();
        var isDone = startOf?.Invoke(source) > offset;
        var ordinal = reader.Int32();
        var flags = reader.Byte();
        var kind = (PendingKind)(flags & KindMask);
        if ((flags & ~(KindMask | OldFlag | SameFlag | WindowFlag)) != 0)
        {
            throw RowReader.Damaged("a pending entry is of no known kind");
        }

        if (kind == PendingKind.Poison)
        {
            var reason = new PoisonReason(reader.Text(), reader.Text(), reader.Int32());
            return isDone ? null : new PendingEntry(source, offset, ordinal, kind) { Poison = reason };
        }

        var hasOld = (flags & OldFlag) != 0;
        var (version, timestamp) = (reader.Number(), reader.Signed());
        var window = (flags & WindowFlag) != 0 ? ReadWindow(ref reader) : default;
        var old = hasOld ? ReadBytes(ref reader, isDone) : null;
        var emitted = (flags & SameFlag) != 0 ? value : ReadBytes(ref reader, isDone);
        return isDone ? null : new PendingEntry(source, offset, ordinal, kind)
        {
            Version = version,
            Timestamp = timestamp,
            Window = window,
            HasOld = hasOld,
            Old = old,
            Value = emitted,
        };
    }

    private static byte[]? ReadBytes(ref RowReader reader, bool isDone)
    {
        if (!isDone)
        {
            return reader.Bytes();
        }

        reader.SkipBytes();
        return null;
    }

    private static Windows.Window ReadWindow(ref RowReader reader)
    {
        var start = reader.Signed();
        return new Windows.Window(start, start + reader.Number());
    }

    private static void AddTopics(List<string> topics, RowState row)
    {
        foreach (var applied in row.Applied)
        {
            Add(topics, applied.Source.Topic);
        }

        foreach (var entry in row.Pending)
        {
            Add(topics, entry.Source.Topic);
        }

        static void Add(List<string> topics, string topic)
        {
            if (!topics.Contains(topic))
            {
                topics.Add(topic);
            }
        }
    }
}
