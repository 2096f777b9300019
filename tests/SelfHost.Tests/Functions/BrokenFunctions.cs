using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.SelfHost.Tests.Functions;

internal static class BrokenFunctions
{
    internal static class TwoTriggers
    {
        [Function("Twofold")]
        public static void Run([TimerTrigger("* * * * * *")] TimerInfo timer, [KafkaTrigger("BrokerList", "t")] KafkaRecord record) => _ = (timer, record);
    }

    internal static class NoTrigger
    {
        [Function("Idle")]
        public static void Run(FunctionContext context) => _ = context;
    }

    internal static class SameName
    {
        [Function("Twin")]
        public static void First([TimerTrigger("* * * * * *")] TimerInfo timer) => _ = timer;

        [Function("twin")]
        public static void Second([TimerTrigger("* * * * * *")] TimerInfo timer) => _ = timer;
    }

    internal static class BatchIntoOne
    {
        [Function("Narrow")]
        public static void Run([KafkaTrigger("BrokerList", "t", IsBatched = true)] KafkaRecord record) => _ = record;
    }

    internal static class OneIntoArray
    {
        [Function("Wide")]
        public static void Run([KafkaTrigger("BrokerList", "t")] KafkaRecord[] records) => _ = records;
    }

    internal static class TriggerOfOtherType
    {
        [Function("Typed")]
        public static void Run([KafkaTrigger("BrokerList", "t")] Version value) => _ = value;
    }

    internal static class LoggerParameter
    {
        [Function("Logged")]
        public static void Run([TimerTrigger("* * * * * *")] TimerInfo timer, ILogger log) => _ = (timer, log);
    }

    internal static class UnknownSetting
    {
        [Function("Lost")]
        public static void Run([KafkaTrigger("%NoBroker%", "%NoTopic%")] KafkaRecord record) => _ = record;
    }

    internal static class TwoOutputs
    {
        [Function("Both")]
        [KafkaOutput("BrokerList", "a")]
        public static Result Run([TimerTrigger("* * * * * *")] TimerInfo timer) => new() { Text = timer.ToString() };

        internal sealed class Result
        {
            [KafkaOutput("BrokerList", "b")]
            public string? Text { get; set; }
        }
    }

    internal static class ValueTaskOutputs
    {
        [Function("Valued")]
        public static ValueTask<TwoOutputs.Result> Run([TimerTrigger("* * * * * *")] TimerInfo timer) => ValueTask.FromResult(new TwoOutputs.Result { Text = timer.ToString() });
    }

    internal static class InheritedOutput
    {
        [Function("Heir")]
        public static Derived Run([TimerTrigger("* * * * * *")] TimerInfo timer) => new() { Text = timer.ToString() };

        internal abstract class Outputs
        {
            [KafkaOutput("BrokerList", "b")]
            public string? Text { get; set; }
        }

        internal sealed class Derived : Outputs;
    }

    internal static class HttpBody
    {
        [Function("Body")]
        public static void Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpContext http) => _ = http;
    }

    internal static class SameRoute
    {
        [Function("Left")]
        public static void Left([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "same")] HttpRequest request) => _ = request;

        [Function("Right")]
        public static void Right([HttpTrigger(AuthorizationLevel.Anonymous, Route = "/SAME")] HttpRequest request) => _ = request;
    }

    internal static class MalformedRoute
    {
        [Function("Bent")]
        public static void Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{open")] HttpRequest request) => _ = request;
    }
}
