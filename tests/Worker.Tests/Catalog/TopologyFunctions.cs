using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Tables;
using KafkaFunctions.Streams.Windows;
using KafkaFunctions.Worker.Maintenance;
using KafkaFunctions.Worker.Processing;
using KafkaFunctions.Worker.Queries;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Worker.Tests.Catalog;

/// <summary>Functions that use stores in different ways.</summary>
internal static class TopologyFunctions
{
    /// <summary>Counts per minute, and has an output for late records.</summary>
    internal static class Late
    {
        private static readonly StreamProcessor Counts = KStream.From(Serdes.Utf8, Serdes.Utf8)
            .GroupByKey(Serdes.Utf8)
            .WindowedBy(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)).WithGrace(TimeSpan.Zero))
            .LateTo("TooLate")
            .Count("late-counts")
            .To(Serdes.WindowedJson(Serdes.Utf8), Serdes.Int64, "Counts");

        [Function("CountLate")]
        public static async Task Run(
            [KafkaTrigger("%BrokerList%", "events", ConsumerGroup = "late", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)] KafkaRecord[] records,
            FunctionContext context) => await Counts.RunAsync(records, context);
    }

    /// <summary>Looks two tables up.</summary>
    internal static class LookUps
    {
        private static readonly StreamProcessor Joined = KStream.From(Serdes.Utf8, Serdes.Utf8)
            .LeftJoin(new TableRef<string?, string>("names", Serdes.Utf8, Serdes.Utf8!), (value, name) => value + name)
            .LeftJoin(new TableRef<string?, string>("places", Serdes.Utf8, Serdes.Utf8!), (value, place) => value + place)
            .To(Serdes.Utf8, Serdes.Utf8!);

        [Function("LookUp")]
        public static async Task Run(
            [KafkaTrigger("%BrokerList%", "%Visits%", ConsumerGroup = "look-up", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)] KafkaRecord[] records,
            FunctionContext context) => await Joined.RunAsync(records, context);
    }

    /// <summary>Answers queries of stores.</summary>
    internal sealed class Asking(StateQueries queries)
    {
        [Function("Ask")]
        public Task<IActionResult> Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "ask/{store}")] HttpRequest request, string store, FunctionContext context) =>
            queries.AnswerAsync(request, store, null, context.CancellationToken);
    }

    /// <summary>Looks after stores.</summary>
    internal sealed class Cleaning(StateUpkeep upkeep)
    {
        [Function("Clean")]
        public Task Run([TimerTrigger("0 0 * * * *")] TimerInfo timer) => timer.IsPastDue ? Task.CompletedTask : upkeep.DeleteExpiredAsync();
    }
}
