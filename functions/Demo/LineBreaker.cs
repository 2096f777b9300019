namespace KafkaFunctions.App.Demo;

/// <summary>Breaks lines the way logs break: cut off, overwritten, written by something else.</summary>
internal static class LineBreaker
{
    /// <summary>A line that no parser of access logs takes.</summary>
    public static byte[] Break(byte[] line, Random random) => random.Next(5) switch
    {
        // Before the closing quote of the request.
        0 => line[..random.Next(line.AsSpan().IndexOf((byte)'"') + 1)],
        1 => [.. line[..^1]],
        2 => Replaced(line, (byte)'[', (byte)'{'),
        3 => Replaced(line, (byte)']', (byte)'\0'),
        _ => "[error] 1203#0: *41 upstream timed out (110: Connection timed out) while reading response header"u8.ToArray(),
    };

    private static byte[] Replaced(byte[] line, byte old, byte by)
    {
        var broken = line.AsSpan().ToArray();
        broken[broken.AsSpan().IndexOf(old)] = by;
        return broken;
    }
}
