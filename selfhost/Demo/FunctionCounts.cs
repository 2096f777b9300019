namespace KafkaFunctions.SelfHost.Demo;

/// <summary>Totals of one function. Safe for concurrent use.</summary>
internal sealed class FunctionCounts
{
    private readonly long[] _totals = new long[Enum.GetValues<FlowCounter>().Length];

    public long this[FlowCounter counter] => Volatile.Read(ref _totals[(int)counter]);

    public void Add(FlowCounter counter, long count) => Interlocked.Add(ref _totals[(int)counter], count);
}
