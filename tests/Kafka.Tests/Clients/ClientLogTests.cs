using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace KafkaFunctions.Kafka.Tests.Clients;

public sealed class ClientLogTests
{
    [Theory]
    [InlineData(3, "SSL", LogLevel.Warning)]
    [InlineData(4, "MAXPOLL", LogLevel.Warning)]
    [InlineData(3, "FAIL", LogLevel.Debug)]
    [InlineData(4, "CONFWARN", LogLevel.Debug)]
    [InlineData(6, "ASSIGN", LogLevel.Debug)]
    public void Write_Line_HasTheLevelOfItsImportance(int level, string facility, LogLevel expected)
    {
        var logger = new FakeLogger();

        new ClientLog(logger).Write(level, "producer-1", facility, "text");

        Assert.Equal(expected, Assert.Single(logger.Collector.GetSnapshot()).Level);
    }
}
