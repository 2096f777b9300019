using KafkaFunctions.App.Iot;
using static KafkaFunctions.App.Tests.TestRecords;

namespace KafkaFunctions.App.Tests.Iot;

public sealed class KeyReadingsTests
{
    [Fact]
    public void Run_Reading_GetsItsSensorAndTheTimeOfMeasuring()
    {
        var readings = new KeyReadings().Run(
            [Received("gateway-1", """{"device":"pump-3","sensor":"temperature","value":21.5,"time":"1970-01-01T01:00:02+01:00"}""")], new TestFunctionContext());

        var reading = Assert.Single(readings);
        Assert.Equal(("pump-3/temperature", 2_000), (Text(reading.Key), reading.Timestamp));
        Assert.Contains("21.5", Text(reading.Value), StringComparison.Ordinal);
    }
}
