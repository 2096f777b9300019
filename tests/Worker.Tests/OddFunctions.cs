using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Worker.Tests;

/// <summary>Functions out of the ordinary.</summary>
internal sealed class OddFunctions
{
    private static readonly StreamProcessor EvenAndOdd = KStream.From(Serdes.Bytes, Serdes.Utf8)
        .Split()
        .Branch((_, number) => number!.EndsWith('0'), even => even.To(Serdes.Bytes, Serdes.Utf8, nameof(Both.Tens)))
        .Default(odd => odd.To(Serdes.Bytes, Serdes.Utf8, nameof(Both.Others)));

    [Function("NoOrigin")]
    [KafkaOutput("%BrokerList%", "outside")]
    public static OutputRecord NoOrigin([KafkaTrigger("%BrokerList%", "lines", ConsumerGroup = "outside", IsBatched = true)] KafkaRecord[] records) =>
        new(null, records[0].Value);

    [Function("Texts")]
    [KafkaOutput("%BrokerList%", "texts")]
    public static string[] Texts([KafkaTrigger("%BrokerList%", "lines", ConsumerGroup = "texts", IsBatched = true)] KafkaRecord[] records) =>
        [.. records.Select(record => record.Topic)];

    [Function("Twice")]
    [KafkaOutput("%BrokerList%", "twice")]
    public static OutputRecord[] Twice(
        [KafkaTrigger("%BrokerList%", "lines", ConsumerGroup = "twice", IsBatched = true)] KafkaRecord[] records,
        FunctionContext context)
    {
        EvenAndOdd.Run(records, context);
        return EvenAndOdd.Run(records, context).ToArray(nameof(Both.Tens));
    }

    [Function("OneTopic")]
    public static Both OneTopic(
        [KafkaTrigger("%BrokerList%", "lines", ConsumerGroup = "one-topic", IsBatched = true)] KafkaRecord[] records,
        FunctionContext context)
    {
        var result = EvenAndOdd.Run(records, context);
        return new Both { Tens = result.ToArray(nameof(Both.Tens)), Others = result.ToArray(nameof(Both.Others)) };
    }

    [Function("Tombstones")]
    [KafkaOutput("%BrokerList%", "tombstones")]
    public static OutputRecord[] Tombstones([KafkaTrigger("%BrokerList%", "lines", ConsumerGroup = "tombstones", IsBatched = true)] KafkaRecord[] records) =>
        [.. records.Select(record => OutputRecord.From(record.ToInputRecord(), 0, record.Key, null))];

    internal sealed class Both
    {
        [KafkaOutput("%BrokerList%", "merged")]
        public OutputRecord[]? Tens { get; set; }

        [KafkaOutput("%BrokerList%", "merged")]
        public OutputRecord[]? Others { get; set; }
    }
}
