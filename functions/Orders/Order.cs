using System.Text.Json.Serialization;

namespace KafkaFunctions.App.Orders;

/// <summary>An order as a shop sends it; its record's key is the order's id.</summary>
internal sealed record Order
{
    /// <summary>The order's id.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public required string OrderId { get; init; }

    /// <summary>Id of the customer; a text or a number in JSON. Key of the table of customers.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public required string CustomerId { get; init; }

    /// <summary>What is to be paid.</summary>
    public required decimal Total { get; init; }

    /// <summary>Currency of the total, such as <c>EUR</c>; null for the shop's own.</summary>
    public string? Currency { get; init; }

    /// <summary>When the order was placed.</summary>
    [JsonConverter(typeof(ZonedTimeConverter))]
    public required DateTimeOffset Time { get; init; }
}
