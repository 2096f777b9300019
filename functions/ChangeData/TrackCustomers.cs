using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Tables;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.ChangeData;

/// <summary>Keeps the shop's customers as its database has them, from the database's change log.</summary>
public sealed class TrackCustomers
{
    /// <summary>The customers, for other functions to look up.</summary>
    internal static readonly TableRef<string?, Customer?> Customers = new(Stores.Customers, CustomerSerdes.Key, CustomerSerdes.Change);

    internal static readonly StreamProcessor Processor = KTable.From(CustomerSerdes.Key, CustomerSerdes.Change, Stores.Customers).Build();

    /// <summary>From <c>shop.public.customers</c> to the table <c>customers</c>.</summary>
    [Function(nameof(TrackCustomers))]
    public Task Run(
        [KafkaTrigger("%BrokerList%", Topics.Customers, ConsumerGroup = "track-customers", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => Processor.RunAsync(records, context);
}
