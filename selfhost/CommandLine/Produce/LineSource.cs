using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Channels;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.SelfHost.CommandLine.Produce;

/// <summary>Reads lines and makes records of them, a chunk for what the input has at once: a typed line does not wait for
/// more, a file comes in large chunks.</summary>
/// <param name="input">The lines. Bytes, as records need not be text.</param>
/// <param name="format">How a line becomes a record.</param>
/// <param name="headers">Headers of every record.</param>
/// <param name="maxRecordBytes">Largest record that the topic takes.</param>
internal sealed class LineSource(Stream input, ILineFormat format, RecordHeader[] headers, long maxRecordBytes)
{
    private const int ReadBytes = 256 * 1024;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private long _lines;

    /// <summary>Writes the chunks until the input's end or the first bad line, then completes the channel.</summary>
    public async Task FillAsync(ChannelWriter<LineChunk> chunks, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(chunks, cancellationToken);
            chunks.Complete();
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            chunks.Complete(failure);
        }
    }

    private async Task ReadAsync(ChannelWriter<LineChunk> chunks, CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: ReadBytes, leaveOpen: true));
        string? problem = null;
        for (var completed = false; !completed && problem is null;)
        {
            var read = await reader.ReadAsync(cancellationToken);
            completed = read.IsCompleted;
            var buffer = read.Buffer;
            var records = new List<OutputRecord>();
            problem = ReadLines(ref buffer, completed, records);
            reader.AdvanceTo(buffer.Start, buffer.End);
            if (records.Count > 0 || problem is not null)
            {
                await chunks.WriteAsync(new LineChunk(records, _lines, problem), cancellationToken);
            }
        }

        await reader.CompleteAsync();
    }

    private string? ReadLines(ref ReadOnlySequence<byte> buffer, bool completed, List<OutputRecord> records)
    {
        while (TryTakeLine(ref buffer, completed, out var line))
        {
            if (ReadLine(line, records) is { } problem)
            {
                return problem;
            }

            _lines++;
        }

        return buffer.Length > maxRecordBytes ? TooLarge(buffer.Length) : null;
    }

    private string? ReadLine(in ReadOnlySequence<byte> sequence, List<OutputRecord> records)
    {
        var line = sequence.IsSingleSegment ? sequence.FirstSpan : sequence.ToArray();
        line = _lines == 0 && line.StartsWith(ByteOrderMark) ? line[ByteOrderMark.Length..] : line;
        line = line.EndsWith("\r"u8) ? line[..^1] : line;
        if (format.TryRead(line, headers, out var record) is { } problem)
        {
            return problem;
        }

        if (record is null)
        {
            return null;
        }

        var size = RecordSize.Of(record);
        if (size > maxRecordBytes)
        {
            return TooLarge(size);
        }

        records.Add(record);
        return null;
    }

    private string TooLarge(long size) => $"its record of {size} bytes or more is larger than the topic takes ({maxRecordBytes} bytes)";

    private static bool TryTakeLine(ref ReadOnlySequence<byte> buffer, bool completed, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }

        // The last line need not have an end.
        line = completed ? buffer : default;
        buffer = completed ? buffer.Slice(buffer.End) : buffer;
        return !line.IsEmpty;
    }
}
