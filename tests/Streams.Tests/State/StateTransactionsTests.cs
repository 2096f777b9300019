using CsCheck;
using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Streams.Tests.State;

public sealed class StateTransactionsTests
{
    [Fact]
    public void Split_Nothing_IsNothing() => Assert.Empty(StateTransactions.Split([]));

    [Fact]
    public void Split_WithinTheLimits_IsTheSameList()
    {
        var writes = Writes(Enumerable.Repeat(10, StateLimits.MaxRowsPerTransaction));

        Assert.Same(writes, Assert.Single(StateTransactions.Split(writes)));
    }

    [Fact]
    public void Split_OneRowTooMany_IsTwo() =>
        Assert.Equal([100, 1], StateTransactions.Split(Writes(Enumerable.Repeat(10, 101))).Select(part => part.Count));

    [Fact]
    public void Split_Bytes_CountKeysToo()
    {
        var half = (StateLimits.MaxBytesPerTransaction / 2) - sizeof(int);

        Assert.Single(StateTransactions.Split(Writes([half, half])));
        Assert.Equal(2, StateTransactions.Split(Writes([half, half + 1])).Count);
    }

    [Fact]
    public void Split_AnySizes_KeepsOrderAndLimitsAndPutsNothingOffThatFits() =>
        Gen.OneOf(Gen.Int[0, 1_000], Gen.Int[0, StateLimits.MaxValueBytes]).Array[0, 250].Sample(
            sizes =>
            {
                var writes = Writes(sizes);

                var parts = StateTransactions.Split(writes);

                Assert.Equal(writes, parts.SelectMany(part => part));
                Assert.All(parts, part => Assert.True(Fits(part)));
                Assert.All(parts.Zip(parts.Skip(1)), pair => Assert.False(Fits([.. pair.First, pair.Second[0]])));
            },
            iter: 50);

    private static bool Fits(IReadOnlyList<StateWrite> part) =>
        part.Count is > 0 and <= StateLimits.MaxRowsPerTransaction
        && part.Sum(write => (long)StateRules.SizeOf(write)) <= StateLimits.MaxBytesPerTransaction;

    // Values share their arrays: only their length counts.
    private static StateWrite[] Writes(IEnumerable<int> valueBytes)
    {
        var values = new Dictionary<int, byte[]>();
        return [.. valueBytes.Select((size, i) => new StateWrite(new StateKey(BitConverter.GetBytes(i)), ValueOf(values, size), null))];
    }

    private static byte[] ValueOf(Dictionary<int, byte[]> values, int size)
    {
        if (!values.TryGetValue(size, out var value))
        {
            values.Add(size, value = new byte[size]);
        }

        return value;
    }
}
