using System.Globalization;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Testing.Tests;

/// <summary>Functions as a user writes them: with a service, timers, one record at a time, and some that fail.</summary>
internal static class TestFunctions
{
    /// <summary>What functions ask; tests say how it answers.</summary>
    public sealed class Service(Func<string, string>? answer = null)
    {
        public int Calls { get; private set; }

        public string Ask(string question)
        {
            Calls++;
            return answer is null ? question : answer(question);
        }
    }

    public sealed class Asking(Service service)
    {
        private readonly StreamProcessor _processor = KStream.From(Serdes.Utf8, Serdes.Utf8)
            .MapValues(value => service.Ask(value!))
            .To(Serdes.Utf8, Serdes.Utf8!);

        [Function("Asking")]
        [KafkaOutput("%BrokerList%", "answers")]
        public OutputRecord[] Run(
            [KafkaTrigger("%BrokerList%", "questions", ConsumerGroup = "asking", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)] KafkaRecord[] records,
            FunctionContext context) => _processor.Run(records, context).ToArray();
    }

    public sealed class Ticks(IRecordPublisher publisher, TimeProvider time)
    {
        [Function("Ticks")]
        public async Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
        {
            var text = time.GetUtcNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
            await publisher.PublishAsync("questions", [new OutputRecord(null, Serdes.Utf8.Serialize(text))], cancellationToken);
        }
    }

    public static class OneByOne
    {
        [Function("OneByOne")]
        [KafkaOutput("%BrokerList%", "lengths")]
        public static async Task<OutputRecord> Run(
            [KafkaTrigger("%BrokerList%", "texts", ConsumerGroup = "one-by-one")] string envelope)
        {
            await Task.Yield();
            return new OutputRecord(null, Serdes.Int32.Serialize(envelope.Length));
        }
    }

    public static class Failing
    {
        [Function("Failing")]
        public static void Run([KafkaTrigger("%BrokerList%", "failures", ConsumerGroup = "failing", IsBatched = true)] KafkaRecord[] records) =>
            throw new InvalidDataException("It cannot be.");
    }
}
