using KafkaFunctions.App.ChangeData;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.Orders;

/// <summary>Adds to each order what is known of its customer at the time.</summary>
public sealed class EnrichOrders
{
    internal static readonly StreamProcessor Processor = KStream
        .From(OrderSerdes.Key, OrderSerdes.Order)
        .LeftJoin((_, order) => order.CustomerId, TrackCustomers.Customers, EnrichedOrder.Of)
        .To(OrderSerdes.Key, OrderSerdes.Enriched);

    /// <summary>From <c>orders</c> to <c>orders-enriched</c>; an order of an unknown customer says so.</summary>
    [Function(nameof(EnrichOrders))]
    [KafkaOutput("%BrokerList%", Topics.OrdersEnriched)]
    public async Task<OutputRecord[]> Run(
        [KafkaTrigger("%BrokerList%", Topics.Orders, ConsumerGroup = "enrich-orders", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => (await Processor.RunAsync(records, context)).ToArray();
}
