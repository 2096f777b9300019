namespace KafkaFunctions.Kafka.Tests.Topics;

public sealed class TopicFactsTests
{
    [Theory]
    [InlineData("localhost:9092", 1_048_588)]
    [InlineData("kafka-0:9092,kafka-1:9092", 1_048_588)]
    [InlineData("shop.servicebus.windows.net:9093", 1_046_528)]
    [InlineData("Shop.ServiceBus.Windows.net", 1_046_528)]
    [InlineData("servicebus.windows.net.example:9092", 1_048_588)]
    public void LimitUnlessTold_Servers_IsThatOfTheirService(string servers, long limit) => Assert.Equal(limit, TopicFacts.LimitUnlessTold(servers));
}
