using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>Memory that rows are written in, one after the other. One thread at a time.</summary>
internal sealed class TimelineBuffers
{
    private const int Bytes = 512;

    public RowWriter Timeline { get; } = new(Bytes);

    public RowWriter Row { get; } = new(Bytes);

    public List<string> Topics { get; } = [];
}
