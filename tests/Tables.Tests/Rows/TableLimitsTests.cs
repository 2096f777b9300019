using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Tables.Tests.Rows;

public sealed class TableLimitsTests
{
    [Fact]
    public void StateLimits_Rows_LieWithinTheServices()
    {
        Assert.InRange(StateLimits.MaxRowsPerTransaction, 1, TableLimits.MaxOperations);
        Assert.InRange(StateLimits.MaxKeyCharacters, 1, TableLimits.MaxKeyCharacters);
        // Names, keys and types of an entity's other properties take less than 64 KiB.
        Assert.InRange(StateLimits.MaxValueBytes, 1, TableLimits.MaxEntityBytes - TableLimits.MaxPropertyBytes);
    }
}
