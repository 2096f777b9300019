using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.App.Orders;

/// <summary>How orders are read and written. Safe for concurrent use.</summary>
internal static class OrderSerdes
{
    /// <summary>The order's id.</summary>
    public static ISerde<string> Key { get; } = Serdes.Required(Serdes.Utf8);

    /// <summary>The order; refuses one without ids.</summary>
    public static ISerde<Order> Order => OrderSerde.Instance;

    /// <summary>The order with what is known of its customer.</summary>
    public static ISerde<EnrichedOrder> Enriched { get; } = Serdes.Required(Serdes.Json(AppJson.Wire.EnrichedOrder));
}
