using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.SelfHost.Tests.Functions;

internal sealed class SampleFunctions
{
    [Function("Filter")]
    [KafkaOutput("%KafkaBrokers%", "out-topic")]
    public static string[] Filter(
        [KafkaTrigger("%KafkaBrokers%", "in-topic", ConsumerGroup = "acked", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)] KafkaRecord[] evts) =>
        [.. evts.Select(record => record.Topic)];

    [Function("Strings")]
    public static void Strings([KafkaTrigger("%KafkaBrokers%", "in-topic", ConsumerGroup = "acked", IsBatched = true)] string[] evts) => _ = evts;

    [Function("Single")]
    [FixedDelayRetry(3, "00:00:02")]
    public static void Single([KafkaTrigger("BrokerList", "in-topic")] KafkaRecord record) => _ = record;

    [Function("Branches")]
    public static Task<Branch> Branches([KafkaTrigger("BrokerList", "in-topic", IsBatched = true)] KafkaRecord[] evts) => Task.FromResult(new Branch { Count = evts.Length });

    [Function("Ping")]
    public static IActionResult Ping([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "ping")] HttpRequest req) => new OkObjectResult(req.Path.Value);

    [Function("Post")]
    public static HttpAndKafka Post([HttpTrigger("post")] HttpRequest req) => new() { Text = req.Method };

    [Function("Tick")]
    public static void Tick([TimerTrigger("*/5 * * * * *")] TimerInfo t) => _ = t;

    [Function("Bytes")]
    public static void Bytes([KafkaTrigger("BrokerList", "in-topic", IsBatched = false, Protocol = BrokerProtocol.SaslSsl, LagThreshold = 50)] byte[] value) => _ = value;

    [Function("Produce")]
    [KafkaOutput("BrokerList", "produced", KeyDataType = KafkaMessageKeyType.Binary, EnableIdempotence = true)]
    public static string[] Produce([HttpTrigger(AuthorizationLevel.Function, "post")] HttpRequest req) => [req.Method];

    [Function("Tock")]
    [KafkaOutput("BrokerList", "ticks")]
    public static Task<string> Tock([TimerTrigger("0 */5 * * * *", UseMonitor = false, RunOnStartup = true)] TimerInfo t) => Task.FromResult(t.ToString()!);

    internal sealed class Branch
    {
        [KafkaOutput("BrokerList", "left", LingerMs = 2)]
        public string[]? Left { get; set; }

        [KafkaOutput("BrokerList", "right")]
        public string[]? Right { get; set; }

        public int Count { get; set; }
    }

    internal sealed class HttpAndKafka
    {
        [HttpResult]
        public IActionResult? Response { get; set; }

        [KafkaOutput("BrokerList", "posted")]
        public string? Text { get; set; }
    }
}
