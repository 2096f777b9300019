using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Worker.Tests;

/// <summary>A chain of three functions: lines to words, words to loud words, loud words by their length.</summary>
internal sealed class WordFunctions
{
    private static readonly StreamProcessor Words = KStream.From(Serdes.Bytes, Serdes.Utf8)
        .FlatMapValues(line => line switch
        {
            "poison" => throw new FormatException("no line of words"),
            "wait" => throw new RetryRecordException(TimeSpan.FromSeconds(7), "the dictionary is closed"),
            _ => line!.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        })
        .To(Serdes.Bytes, Serdes.Utf8);

    private static readonly StreamProcessor LoudWords = KStream.From(Serdes.Bytes, Serdes.Utf8)
        .MapValues(word => word!.ToUpperInvariant())
        .To(Serdes.Bytes, Serdes.Utf8);

    private static readonly StreamProcessor ByLength = KStream.From(Serdes.Bytes, Serdes.Utf8)
        .Split()
        .Branch((_, word) => word!.Length > 3, words => words.To(Serdes.Bytes, Serdes.Utf8, nameof(Sorted.Long)))
        .Default(words => words.To(Serdes.Bytes, Serdes.Utf8, nameof(Sorted.Short)));

    [Function("Split")]
    [KafkaOutput("%BrokerList%", "words")]
    public static OutputRecord[] Split(
        [KafkaTrigger("%BrokerList%", "lines", ConsumerGroup = "split", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)] KafkaRecord[] records,
        FunctionContext context) => Words.Run(records, context).ToArray();

    [Function("Shout")]
    [KafkaOutput("%BrokerList%", "loud")]
    public static OutputRecord[] Shout(
        [KafkaTrigger("%BrokerList%", "words", ConsumerGroup = "shout", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)] KafkaRecord[] records,
        FunctionContext context) => LoudWords.Run(records, context).ToArray();

    [Function("Sort")]
    public static Sorted Sort(
        [KafkaTrigger("%BrokerList%", "loud", ConsumerGroup = "sort", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)] KafkaRecord[] records,
        FunctionContext context)
    {
        var result = ByLength.Run(records, context);
        return new Sorted { Long = result.ToArray(nameof(Sorted.Long)), Short = result.ToArray(nameof(Sorted.Short)) };
    }

    internal sealed class Sorted
    {
        [KafkaOutput("%BrokerList%", "long")]
        public OutputRecord[]? Long { get; set; }

        [KafkaOutput("%BrokerList%", "short")]
        public OutputRecord[]? Short { get; set; }
    }
}
