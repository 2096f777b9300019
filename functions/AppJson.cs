using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using KafkaFunctions.App.Advertising;
using KafkaFunctions.App.ChangeData;
using KafkaFunctions.App.Ingest;
using KafkaFunctions.App.Iot;
using KafkaFunctions.App.Orders;
using KafkaFunctions.App.WebAnalytics;

namespace KafkaFunctions.App;

/// <summary>What the app reads and writes as JSON. A property is never renamed.</summary>
[JsonSerializable(typeof(PageView))]
[JsonSerializable(typeof(PageViewFacts))]
[JsonSerializable(typeof(PageViewTotal))]
[JsonSerializable(typeof(PageViewKeys))]
[JsonSerializable(typeof(PageVisit))]
[JsonSerializable(typeof(PageViewCount))]
[JsonSerializable(typeof(PageRanking))]
[JsonSerializable(typeof(RankedPages))]
[JsonSerializable(typeof(PageTrail))]
[JsonSerializable(typeof(UserSession))]
[JsonSerializable(typeof(IngestReceipt))]
[JsonSerializable(typeof(IngestProblem))]
[JsonSerializable(typeof(Customer))]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(EnrichedOrder))]
[JsonSerializable(typeof(SensorReading))]
[JsonSerializable(typeof(ReadingStatistics))]
[JsonSerializable(typeof(SensorStatistics))]
[JsonSerializable(typeof(Impression))]
[JsonSerializable(typeof(Click))]
[JsonSerializable(typeof(ImpressionOutcome))]
internal sealed partial class AppJson : JsonSerializerContext
{
    /// <summary>The context to use: camel case, nulls left out, and no escapes that only HTML needs.</summary>
    public static AppJson Wire { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        // A null that a type does not have would be left out of the state, which then could not be read again.
        RespectNullableAnnotations = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
