using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace KafkaFunctions.Streams.Identity;

/// <summary>
/// Identity of a published record (design rule 1): a <em>path</em>, whose order its <em>sequence</em> follows. A copy of a
/// record has the same identity; first occurrences with one path reach any partition in the order of their sequence.
/// </summary>
/// <remarks>
/// Wire format, ASCII: <c>1;app;function:partition/function:partition;offset.index.index</c>. The first field is the format's
/// version. The path has one element for each function passed since the last stateful one (function and source partition), the
/// sequence the source offset at the first of them and then, for each, the index of the output.
/// </remarks>
public sealed class RecordIdentity
{
    private const byte Version = (byte)'1';
    private const char FieldSeparator = ';';
    private const char StepSeparator = '/';
    private const char PartitionSeparator = ':';
    private const char SequenceSeparator = '.';
    private const char BucketMark = 'b';
    private const int MaxDigits = 20;
    private const int MaxNameLength = 128;

    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-."u8);

    private RecordIdentity(string app, string path, IReadOnlyList<long> sequence)
    {
        App = app;
        Path = path;
        Sequence = sequence;
    }

    /// <summary>Name of the application that published the record.</summary>
    public string App { get; }

    /// <summary>The path as text, <c>function:partition</c> per step, joined by '/'.</summary>
    public string Path { get; }

    /// <summary>The sequence: source offset, then an output index for each step. Compared element by element.</summary>
    public IReadOnlyList<long> Sequence { get; }

    /// <summary>Name of the function that published the record: the path's last step.</summary>
    public string Function
    {
        get
        {
            var step = Path.AsSpan(Path.LastIndexOf(StepSeparator) + 1);
            return step[..step.IndexOf(PartitionSeparator)].ToString();
        }
    }

    /// <summary>Identity of an output of a function whose source record has none, or whose state restarts the path.</summary>
    /// <param name="app">Application name; <see cref="IsName"/> holds.</param>
    /// <param name="function">Function name; <see cref="IsName"/> holds.</param>
    /// <param name="partition">Source partition.</param>
    /// <param name="offset">Source offset.</param>
    /// <param name="index">Index of the output among the source record's outputs.</param>
    /// <param name="isResult">Whether it is a result that no single record triggered: the partition is a bucket's number then, and
    /// the offset that of a row of its outbox.</param>
    public static byte[] Start(string app, string function, int partition, long offset, int index, bool isResult = false)
    {
        Span<byte> buffer = stackalloc byte[app.Length + function.Length + (3 * MaxDigits) + 8];
        var writer = new AsciiWriter(buffer);
        writer.Add(Version);
        writer.Add((byte)FieldSeparator);
        writer.Add(app);
        writer.Add((byte)FieldSeparator);
        writer.Add(function);
        writer.Add((byte)PartitionSeparator);
        if (isResult)
        {
            writer.Add((byte)BucketMark);
        }

        writer.Add(partition);
        writer.Add((byte)FieldSeparator);
        writer.Add(offset);
        writer.Add((byte)SequenceSeparator);
        writer.Add(index);
        return buffer[..writer.Length].ToArray();
    }

    /// <summary>Identity of an output of a stateless function whose source record has one: path and sequence grow by a step.</summary>
    /// <param name="upstream">The source record's identity, valid by <see cref="TryParse"/>.</param>
    /// <param name="function">Function name; <see cref="IsName"/> holds.</param>
    /// <param name="partition">Source partition.</param>
    /// <param name="index">Index of the output among the source record's outputs.</param>
    public static byte[] Extend(ReadOnlySpan<byte> upstream, string function, int partition, int index)
    {
        var split = upstream.LastIndexOf((byte)FieldSeparator);
        var size = upstream.Length + function.Length + (2 * MaxDigits) + 3;
        Span<byte> buffer = size <= 512 ? stackalloc byte[size] : new byte[size];
        var writer = new AsciiWriter(buffer);
        writer.Add(upstream[..split]);
        writer.Add((byte)StepSeparator);
        writer.Add(function);
        writer.Add((byte)PartitionSeparator);
        writer.Add(partition);
        writer.Add(upstream[split..]);
        writer.Add((byte)SequenceSeparator);
        writer.Add(index);
        return buffer[..writer.Length].ToArray();
    }

    /// <summary>Reads an identity.</summary>
    /// <returns>False where the bytes are no identity of this format.</returns>
    public static bool TryParse(ReadOnlySpan<byte> header, out RecordIdentity? identity)
    {
        identity = null;
        if (!IsWrittenBy(header, default, out var app, out _))
        {
            return false;
        }

        var fields = Encoding.ASCII.GetString(header).Split(FieldSeparator);
        var sequence = Array.ConvertAll(fields[3].Split(SequenceSeparator), text => long.Parse(text, CultureInfo.InvariantCulture));
        identity = new RecordIdentity(Encoding.ASCII.GetString(app), fields[2], sequence);
        return true;
    }

    /// <summary>Checks an identity without allocating: it is well-formed and names this application.</summary>
    /// <param name="header">The header's value.</param>
    /// <param name="app">The application that it must name, in ASCII; empty for any.</param>
    /// <param name="actualApp">The application that it names.</param>
    /// <param name="function">The function that published the record: the path's last step, in ASCII.</param>
    public static bool IsWrittenBy(
        ReadOnlySpan<byte> header,
        ReadOnlySpan<byte> app,
        out ReadOnlySpan<byte> actualApp,
        out ReadOnlySpan<byte> function)
    {
        actualApp = function = default;
        if (!Take(ref header, FieldSeparator, out var version) || !version.SequenceEqual("1"u8)
            || !Take(ref header, FieldSeparator, out actualApp) || !IsNameBytes(actualApp)
            || !(app.IsEmpty || actualApp.SequenceEqual(app))
            || !Take(ref header, FieldSeparator, out var path))
        {
            return false;
        }

        for (var more = true; more;)
        {
            more = Take(ref path, StepSeparator, out var step);
            step = more ? step : path;
            if (!Take(ref step, PartitionSeparator, out function) || !IsNameBytes(function) || !IsPartition(step)
                || !Take(ref header, SequenceSeparator, out var number) || !IsNumber(number))
            {
                return false;
            }
        }

        return IsNumber(header);
    }

    /// <summary>Orders two sequences of one path.</summary>
    /// <returns>Negative where <paramref name="left"/> comes first, 0 where they are the same, positive otherwise.</returns>
    public static int CompareSequences(IReadOnlyList<long> left, IReadOnlyList<long> right)
    {
        var common = Math.Min(left.Count, right.Count);
        for (var i = 0; i < common; i++)
        {
            var order = left[i].CompareTo(right[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Count.CompareTo(right.Count);
    }

    /// <summary>Whether a text can name an application or a function in an identity: ASCII letters, digits, '_', '-', '.'.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength && Encoding.UTF8.GetBytes(name).AsSpan().IndexOfAnyExcept(NameBytes) < 0;

    private static bool IsNameBytes(ReadOnlySpan<byte> name) => name.Length is > 0 and <= MaxNameLength && !name.ContainsAnyExcept(NameBytes);

    private static bool IsPartition(ReadOnlySpan<byte> step) => IsNumber(step.Length > 0 && step[0] == BucketMark ? step[1..] : step);

    private static bool IsNumber(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits, out long number, out var read) && read == digits.Length && number >= 0
        && char.IsAsciiDigit((char)digits[0]) && (digits.Length == 1 || digits[0] != (byte)'0');

    private static bool Take(scoped ref ReadOnlySpan<byte> rest, char separator, out ReadOnlySpan<byte> field)
    {
        var end = rest.IndexOf((byte)separator);
        field = end < 0 ? default : rest[..end];
        rest = rest[(end + 1)..];
        return end >= 0;
    }

    private ref struct AsciiWriter(Span<byte> buffer)
    {
        private readonly Span<byte> _buffer = buffer;

        public int Length { get; private set; }

        public void Add(byte value) => _buffer[Length++] = value;

        public void Add(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_buffer[Length..]);
            Length += bytes.Length;
        }

        public void Add(string text) => Length += Encoding.ASCII.GetBytes(text, _buffer[Length..]);

        public void Add(long number)
        {
            Utf8Formatter.TryFormat(number, _buffer[Length..], out var written);
            Length += written;
        }
    }
}
