using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using static KafkaFunctions.Streams.Tests.Processing.TestRecords;

namespace KafkaFunctions.Streams.Tests.Processing;

public sealed class StreamAllocationTests
{
    private const int Records = 10_000;
    private const long ToleranceBytes = 1_024;

    private static readonly InputRecord[] Batch = [.. Enumerable.Range(0, Records).Select(i => Input(i, i, i))];

    [Fact]
    public void Run_EightOperators_AllocatesNoMoreThanOne()
    {
        var seen = 0L;
        var one = KStream.From(Serdes.Int32, Serdes.Int64)
            .Filter((_, v) => v % 4 == 0)
            .To(Serdes.Int32, Serdes.Int64);
        var eight = KStream.From(Serdes.Int32, Serdes.Int64)
            .Filter((_, v) => v % 2 == 0)
            .MapValues(v => v / 2)
            .Peek((_, v) => seen += v)
            .Map((k, v) => KeyValue.Pair(k, new Wide(k, v, v)))
            .FilterNot((_, v) => v.Second % 2 != 0)
            .MapValues((k, v) => v with { First = k })
            .SelectKey((_, v) => v.First)
            .MapRecord(record => record.WithValue((long)record.Key))
            .To(Serdes.Int32, Serdes.Int64);

        var base1 = Allocated(one);
        var all = Allocated(eight);

        Assert.Equal(one.Run(Batch).Processed, eight.Run(Batch).Processed);
        Assert.InRange(all, 0, base1 + ToleranceBytes);
    }

    [Fact]
    public void Run_BytesThatAreFilteredOut_AllocatesNothingPerRecord()
    {
        var dropsAll = KStream.From(Serdes.Bytes, Serdes.Bytes).Filter((_, v) => v is null).To(Serdes.Bytes, Serdes.Bytes);
        var outcomes = Records * 32L;

        Assert.InRange(Allocated(dropsAll), 0, outcomes + ToleranceBytes);
    }

    private static long Allocated(StreamProcessor processor)
    {
        processor.Run(Batch, static record => record);
        var before = GC.GetAllocatedBytesForCurrentThread();
        processor.Run(Batch, static record => record);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private readonly record struct Wide(int First, long Second, long Third);
}
