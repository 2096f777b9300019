namespace KafkaFunctions.Bench.Rebalance;

/// <summary>A line of an instance's trace file: <c>ticks-utc,function,partition,kind,firstOffset,lastOffset</c>.</summary>
internal readonly record struct TraceEvent(long Ticks, string Function, int Partition, TraceEventKind Kind)
{
    /// <summary>Reads a trace file. A killed instance may have left its last line unfinished: that line is left out.</summary>
    public static List<TraceEvent> ReadFile(string file)
    {
        var events = new List<TraceEvent>();
        if (!File.Exists(file))
        {
            return events;
        }

        foreach (var line in File.ReadLines(file))
        {
            var fields = line.Split(',');
            if (fields.Length >= 4 && long.TryParse(fields[0], out var ticks) && int.TryParse(fields[2], out var partition)
                && Enum.TryParse<TraceEventKind>(fields[3], ignoreCase: true, out var kind))
            {
                events.Add(new TraceEvent(ticks, fields[1], partition, kind));
            }
        }

        return events;
    }
}
