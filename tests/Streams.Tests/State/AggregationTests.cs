using KafkaFunctions.Streams.Processing;
using static KafkaFunctions.Streams.Tests.State.StateApp;

namespace KafkaFunctions.Streams.Tests.State;

public sealed class AggregationTests : StateTest
{
    [Fact]
    public async Task Count_ABatch_GivesOneUpdatePerKey()
    {
        var app = new StateApp(Counting(), Storage);

        await app.BatchAsync(Record(0, "a", "x"), Record(1, "b", "x"), Record(2, "a", "x"));
        await app.BatchAsync(Record(3, "a", "x"));

        Assert.Equal(["b=1", "a=2", "a=3"], app.Shown);
    }

    [Fact]
    public async Task Count_WithoutFolding_GivesEveryUpdate()
    {
        var app = new StateApp(Counting(), Storage) { Run = new StreamRunOptions { FoldBatch = false } };

        await app.BatchAsync(Record(0, "a", "x"), Record(1, "b", "x"), Record(2, "a", "x"));

        Assert.Equal(["a=1", "b=1", "a=2"], app.Shown);
    }
}
