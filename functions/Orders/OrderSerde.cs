using System.Text.Json;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.App.Orders;

/// <summary>Orders as JSON.</summary>
internal sealed class OrderSerde : ISerde<Order>, IPayloadFormat
{
    /// <summary>The one instance; safe for concurrent use.</summary>
    public static OrderSerde Instance { get; } = new();

    /// <inheritdoc/>
    public PayloadFormat Format => PayloadFormat.Json;

    /// <inheritdoc/>
    public Order Deserialize(byte[]? bytes)
    {
        var order = JsonText.Read(bytes, AppJson.Wire.Order);
        Require(order.OrderId, "orderId");
        Require(order.CustomerId, "customerId");
        return order;
    }

    /// <inheritdoc/>
    public byte[]? Serialize(Order value) => JsonSerializer.SerializeToUtf8Bytes(value, AppJson.Wire.Order);

    private static void Require(string? id, string field)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new SerializationException($"The order's '{field}' is empty: it must name one.");
        }
    }
}
