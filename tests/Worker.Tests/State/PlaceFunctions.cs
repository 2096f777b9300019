using System.Text.Json;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Worker.Tests.State;

/// <summary>Keeps JSON under keys of any bytes; its class needs a service.</summary>
internal sealed class PlaceFunctions(TimeProvider time)
{
    private static readonly ISerde<JsonElement> Json = Serdes.Json((System.Text.Json.Serialization.Metadata.JsonTypeInfo<JsonElement>)JsonSerializerOptions.Web.GetTypeInfo(typeof(JsonElement)));

    private readonly StreamProcessor _places = KStream.From(Serdes.Bytes, Json)
        .Filter((_, _) => time.GetUtcNow() > DateTimeOffset.MinValue)
        .ToTable(Serdes.Bytes, Json, "places")
        .ToStream()
        .To(Serdes.Bytes, Json);

    [Function("Places")]
    [KafkaOutput("%BrokerList%", "place-updates")]
    public async Task<OutputRecord[]> Run(
        [KafkaTrigger("%BrokerList%", "places", ConsumerGroup = "places", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)] KafkaRecord[] records,
        FunctionContext context) => (await _places.RunAsync(records, context)).ToArray();
}
