using System.Text.Json.Serialization;
using KafkaFunctions.App.ChangeData;

namespace KafkaFunctions.App.Orders;

/// <summary>An order with what was known of its customer when it was processed. Nothing known is null and left out of the JSON.</summary>
internal sealed record EnrichedOrder
{
    /// <summary>The order's id.</summary>
    public required string OrderId { get; init; }

    /// <summary>Id of the customer.</summary>
    public required string CustomerId { get; init; }

    /// <summary>What is to be paid.</summary>
    public required decimal Total { get; init; }

    /// <summary>Currency of the total.</summary>
    public string? Currency { get; init; }

    /// <summary>When the order was placed.</summary>
    [JsonConverter(typeof(ZonedTimeConverter))]
    public required DateTimeOffset Time { get; init; }

    /// <summary>Whether the table of customers had the customer.</summary>
    public required bool CustomerFound { get; init; }

    /// <summary>Name of the customer.</summary>
    public string? CustomerName { get; init; }

    /// <summary>The customer's address for mail.</summary>
    public string? Email { get; init; }

    /// <summary>The customer's country.</summary>
    public string? Country { get; init; }

    /// <summary>Joins an order with its customer; null where there is none.</summary>
    public static EnrichedOrder Of(Order order, Customer? customer) => new()
    {
        OrderId = order.OrderId,
        CustomerId = order.CustomerId,
        Total = order.Total,
        Currency = order.Currency,
        Time = order.Time,
        CustomerFound = customer is not null,
        CustomerName = customer?.Name,
        Email = customer?.Email,
        Country = customer?.Country,
    };
}
