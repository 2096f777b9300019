using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.State.Progress;

/// <summary>Progress rows as bytes. A stored format.</summary>
/// <remarks>Format 1: next offset, stream time, and per path its text, its sequence (count, numbers) and when it was last used.
/// Format 2: when the last batch was done comes behind it.</remarks>
internal static class ProgressCodec
{
    public const byte Format = 2;

    public static StateKey KeyOf(string function, SourcePartition source)
    {
        var writer = WriterOf(function, source.Topic);
        writer.Number(source.Partition);
        return RowKeys.Of(RowKeys.Progress, writer.ToArray());
    }

    /// <summary>What the keys of a topic's partitions begin with.</summary>
    public static StateKey PrefixOf(string function, string topic) => RowKeys.Of(RowKeys.Progress, WriterOf(function, topic).ToArray());

    public static int PartitionOf(StateKey key, StateKey prefix) => new RowReader(key.Bytes[prefix.Bytes.Length..]).Int32();

    private static RowWriter WriterOf(string function, string topic)
    {
        var writer = new RowWriter(function.Length + topic.Length + 8);
        writer.Text(function);
        writer.Text(topic);
        return writer;
    }

    public static byte[] Encode(SourceProgress progress)
    {
        var writer = new RowWriter(64 + (progress.Watermarks.Count * 48));
        writer.Byte(Format);
        writer.Number(progress.Next);
        writer.Signed(progress.StreamTime);
        writer.Number(progress.Watermarks.Count);
        foreach (var (path, watermark) in progress.Watermarks)
        {
            writer.Text(path);
            writer.Number(watermark.Sequence.Length);
            foreach (var number in watermark.Sequence)
            {
                writer.Number(number);
            }

            writer.Signed(watermark.LastUsed);
        }

        writer.Number(progress.Active);

        return writer.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are no progress row, or one of a newer format.</exception>
    public static SourceProgress Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new RowReader(bytes);
        var format = reader.Format(Format);
        var next = reader.Number();
        var streamTime = reader.Signed();
        var paths = reader.Count();
        var watermarks = new Dictionary<string, Watermark>(paths);
        for (var i = 0; i < paths; i++)
        {
            var path = reader.Text();
            var sequence = new long[reader.Count()];
            for (var j = 0; j < sequence.Length; j++)
            {
                sequence[j] = reader.Number();
            }

            if (!watermarks.TryAdd(path, new Watermark(sequence, reader.Signed())))
            {
                throw RowReader.Damaged("a path is there twice");
            }
        }

        var active = format > 1 ? reader.Number() : 0;
        reader.End();
        return new SourceProgress(next, streamTime, watermarks) { Active = active };
    }
}
