using KafkaFunctions.App.ChangeData;
using KafkaFunctions.App.Orders;
using KafkaFunctions.Streams.Serialization;
using static KafkaFunctions.App.Tests.TestRecords;

namespace KafkaFunctions.App.Tests.Orders;

public sealed class OrderSerdesTests
{
    private const string Json = """{"orderId":"o-1","customerId":"7","total":12.50,"currency":"EUR","time":"2026-01-02T03:04:05+01:00"}""";

    private static readonly Customer Ada = new() { Id = 7, FirstName = "Ada", LastName = "Example", Email = "ada@example.com", Country = "GB" };

    [Theory]
    [InlineData(Json)]
    [InlineData("""{"orderId":"o-1","customerId":7,"total":12.50,"currency":"EUR","time":"2026-01-02T03:04:05+01:00","note":"x"}""")]
    public void Deserialize_Order_IsWrittenAgainAsItIs(string json) =>
        Assert.Equal(Json, Text(OrderSerdes.Order.Serialize(OrderSerdes.Order.Deserialize(Utf8(json)))));

    [Theory]
    [InlineData(null, "null")]
    [InlineData("{}", "'orderId' is missing")]
    [InlineData("""{"orderId":"","customerId":"7","total":1,"time":"2026-01-02T03:04:05Z"}""", "'orderId' is empty")]
    [InlineData("""{"orderId":"o","customerId":null,"total":1,"time":"2026-01-02T03:04:05Z"}""", "wrong at $.customerId")]
    [InlineData("""{"orderId":"o","customerId":{},"total":1,"time":"2026-01-02T03:04:05Z"}""", "wrong at $.customerId")]
    [InlineData("""{"orderId":"o","customerId":"7","total":"1","time":"2026-01-02T03:04:05Z"}""", "wrong at $.total")]
    [InlineData("""{"orderId":"o","customerId":"7","total":1,"time":"yesterday"}""", "wrong at $.time")]
    public void Deserialize_WrongOrder_TellsWhatIsWrong(string? json, string expected) => Assert.Contains(
        expected,
        Assert.Throws<SerializationException>(() => OrderSerdes.Order.Deserialize(json is null ? null : Utf8(json))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Deserialize_EscapedOffset_IsTheSameTime() => Assert.Equal(
        new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(1)),
        OrderSerdes.Order.Deserialize("""{"orderId":"1","customerId":"2","total":3,"time":"2026-03-01T12:00:00\u002B01:00"}"""u8.ToArray()).Time);

    [Fact]
    public void Enriched_KnownCustomer_HasNameAndAddress() => Assert.Equal(
        """{"orderId":"o-1","customerId":"7","total":12.50,"currency":"EUR","time":"2026-01-02T03:04:05+01:00","customerFound":true,"customerName":"Ada Example","email":"ada@example.com","country":"GB"}""",
        Text(OrderSerdes.Enriched.Serialize(EnrichedOrder.Of(OrderSerdes.Order.Deserialize(Utf8(Json)), Ada))));

    [Fact]
    public void Enriched_UnknownCustomer_SaysSo() => Assert.Equal(
        """{"orderId":"o-1","customerId":"7","total":12.50,"currency":"EUR","time":"2026-01-02T03:04:05+01:00","customerFound":false}""",
        Text(OrderSerdes.Enriched.Serialize(EnrichedOrder.Of(OrderSerdes.Order.Deserialize(Utf8(Json)), null))));

    [Theory]
    [InlineData("Ada", null, "Ada")]
    [InlineData(null, "Example", "Example")]
    [InlineData(null, null, null)]
    public void Enriched_HalfAName_IsThatHalf(string? first, string? last, string? expected) => Assert.Equal(
        expected,
        EnrichedOrder.Of(OrderSerdes.Order.Deserialize(Utf8(Json)), Ada with { FirstName = first, LastName = last }).CustomerName);
}
