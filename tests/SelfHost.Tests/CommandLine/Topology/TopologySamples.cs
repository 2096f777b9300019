using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.SelfHost.Tests.CommandLine.Topology;

/// <summary>Functions that are connected in different ways. Each class is an app, or a part of one.</summary>
internal static class TopologySamples
{
    /// <summary>HTTP to <c>raw</c>, on to <c>good</c>, <c>bad</c> and <c>late</c>, and a timer to <c>ticks</c>.</summary>
    internal static class Chain
    {
        [Function("Take")]
        [KafkaOutput("%BrokerList%", "raw")]
        public static string Take([HttpTrigger(AuthorizationLevel.Function, "post", Route = "take/{kind}")] HttpRequest request) => request.Method;

        [Function("Sort")]
        public static Sorted Sort([KafkaTrigger("%BrokerList%", "raw", ConsumerGroup = "sort", IsBatched = true)] KafkaRecord[] records) => new() { Good = [records[0].Topic] };

        [Function("Beat")]
        [KafkaOutput("%BrokerList%", "ticks")]
        public static string Beat([TimerTrigger("0 */5 * * * *")] TimerInfo timer) => timer.ToString()!;

        [Function("Admire")]
        public static void Admire([KafkaTrigger("%BrokerList%", "good", ConsumerGroup = "admire", IsBatched = true)] KafkaRecord[] records) => _ = records;

        internal sealed class Sorted
        {
            [KafkaOutput("%BrokerList%", "good")]
            public string[]? Good { get; set; }

            [KafkaOutput("%BrokerList%", "bad")]
            public string[]? Bad { get; set; }

            [KafkaOutput("%BrokerList%", "late")]
            public string[]? Late { get; set; }
        }
    }

    /// <summary>Reads a topic that nobody writes.</summary>
    internal static class Listener
    {
        [Function("Listen")]
        [KafkaOutput("%BrokerList%", "orders-heard")]
        public static string[] Listen([KafkaTrigger("%BrokerList%", "order", ConsumerGroup = "listen", IsBatched = true)] KafkaRecord[] records) => [records[0].Topic];
    }

    /// <summary>Writes a topic that nobody reads.</summary>
    internal static class Speaker
    {
        [Function("Speak")]
        [KafkaOutput("%BrokerList%", "orders")]
        public static string Speak([TimerTrigger("0 * * * * *")] TimerInfo timer) => timer.ToString()!;
    }

    /// <summary>Three functions in a circle, with a shorter way between two of them, and one beside it.</summary>
    internal static class Circle
    {
        [Function("One")]
        [KafkaOutput("%BrokerList%", "to-two")]
        public static string[] One([KafkaTrigger("%BrokerList%", "to-one", ConsumerGroup = "one", IsBatched = true)] KafkaRecord[] records) => [records[0].Topic];

        [Function("Two")]
        public static Ways Two([KafkaTrigger("%BrokerList%", "to-two", ConsumerGroup = "two", IsBatched = true)] KafkaRecord[] records) => new() { On = [records[0].Topic] };

        [Function("Three")]
        [KafkaOutput("%BrokerList%", "to-one")]
        public static string[] Three([KafkaTrigger("%BrokerList%", "to-three", ConsumerGroup = "three", IsBatched = true)] KafkaRecord[] records) => [records[0].Topic];

        [Function("After")]
        public static void After([KafkaTrigger("%BrokerList%", "to-one", ConsumerGroup = "after", IsBatched = true)] KafkaRecord[] records) => _ = records;

        internal sealed class Ways
        {
            [KafkaOutput("%BrokerList%", "to-three")]
            public string[]? On { get; set; }

            [KafkaOutput("%BrokerList%", "to-one")]
            public string[]? Back { get; set; }
        }
    }

    /// <summary>Writes what it reads.</summary>
    internal static class Mirror
    {
        [Function("Reflect")]
        [KafkaOutput("%BrokerList%", "%Glass%")]
        public static string[] Reflect([KafkaTrigger("%BrokerList%", "glass", ConsumerGroup = "reflect", IsBatched = true)] KafkaRecord[] records) => [records[0].Topic];
    }

    /// <summary>Sends dead letters back to where they came from.</summary>
    internal static class Undertaker
    {
        [Function("Work")]
        public static void Work([KafkaTrigger("%BrokerList%", "work", ConsumerGroup = "work", IsBatched = true)] KafkaRecord[] records) => _ = records;

        [Function("Revive")]
        [KafkaOutput("%BrokerList%", "work")]
        public static string[] Revive([KafkaTrigger("%BrokerList%", "work.dlq", ConsumerGroup = "revive", IsBatched = true)] KafkaRecord[] records) => [records[0].Topic];
    }

    /// <summary>Two functions of one consumer group read one topic.</summary>
    internal static class Twins
    {
        [Function("First")]
        public static void First([KafkaTrigger("%BrokerList%", "milk", ConsumerGroup = "%Family%", IsBatched = true)] KafkaRecord[] records) => _ = records;

        [Function("Second")]
        public static void Second([KafkaTrigger("%BrokerList%", "milk", ConsumerGroup = "%Family%", IsBatched = true)] KafkaRecord[] records) => _ = records;
    }

    /// <summary>Is in the same consumer group, and reads another topic.</summary>
    internal static class Cousin
    {
        [Function("Third")]
        public static void Third([KafkaTrigger("%BrokerList%", "tea", ConsumerGroup = "%Family%", IsBatched = true)] KafkaRecord[] records) => _ = records;
    }

    /// <summary>Names no consumer group.</summary>
    internal static class Loner
    {
        [Function("Wander")]
        public static void Wander([KafkaTrigger("%BrokerList%", "roads", IsBatched = true)] KafkaRecord[] records) => _ = records;
    }
}
