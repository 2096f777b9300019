using KafkaFunctions.App.Filtering;
using Microsoft.Extensions.Configuration;
using static KafkaFunctions.App.Tests.TestRecords;

namespace KafkaFunctions.App.Tests.Filtering;

public sealed class FilterEventsTests
{
    [Fact]
    public void Run_Condition_PassesWhatContainsItAsItIs()
    {
        var matching = Received("k", "an important event", timestamp: 42);

        var outputs = Filter("important").Run([Received("k", "IMPORTANT"), matching, Received("k", "other")], new TestFunctionContext());

        var output = Assert.Single(outputs);
        Assert.Same(matching.Key, output.Key);
        Assert.Same(matching.Value, output.Value);
        Assert.Equal(42, output.Timestamp);
        Assert.Equal("h", Assert.Single(output.Headers).Key);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Run_NoCondition_PassesEveryValueButNoTombstone(string? condition)
    {
        var outputs = Filter(condition).Run([Received("a", "x"), Received("b", null), Received(null, "")], new TestFunctionContext());

        Assert.Equal(["x", ""], outputs.Select(output => Text(output.Value)));
    }

    [Theory]
    [InlineData("ö", "größe", true)]
    [InlineData("ö", "grösse", true)]
    [InlineData("ö", "groesse", false)]
    [InlineData("Ö", "größe", false)]
    [InlineData(" ", "a b", true)]
    [InlineData("longer than the value", "value", false)]
    public void Run_AnyText_IsComparedByteByByte(string condition, string value, bool passes) =>
        Assert.Equal(passes ? 1 : 0, Filter(condition).Run([Received("k", value)], new TestFunctionContext()).Length);

    private static FilterEvents Filter(string? condition) => new(new FilterCondition(new ConfigurationBuilder()
        .AddInMemoryCollection([new(FilterCondition.Setting, condition)])
        .Build()));
}
