using KafkaFunctions.Streams.Records;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Simulation.Checks;

/// <summary>Dead letters of functions, copies taken out.</summary>
internal static class DeadLetters
{
    /// <summary>Each record that has to be one is there, once.</summary>
    public static string? Of(Survivors survivors, string topic, string function, int expected)
    {
        var letters = All(survivors, topic, function).Where(letter => HasSource(letter)).Select(Source).ToList();
        return letters.Count == expected && letters.Distinct().Count() == expected
            ? null
            : $"{function} has {letters.Count} dead letters in {topic}.dlq, of {letters.Distinct().Count()} records, and not {expected}.";
    }

    /// <summary>The letters of results that no single record triggered.</summary>
    public static IEnumerable<KafkaRecord> OfResults(Survivors survivors, string topic, string function) =>
        All(survivors, topic, function).Where(letter => !HasSource(letter));

    private static IEnumerable<KafkaRecord> All(Survivors survivors, string topic, string function) =>
        survivors[topic + ".dlq"].Where(letter => Header(letter, HeaderNames.DeadLetterFunction) == function);

    private static bool HasSource(KafkaRecord letter) => Header(letter, HeaderNames.DeadLetterOffset) is not null;

    private static (string? Partition, string? Offset) Source(KafkaRecord letter) =>
        (Header(letter, HeaderNames.DeadLetterPartition), Header(letter, HeaderNames.DeadLetterOffset));

    private static string? Header(KafkaRecord letter, string name) => Array.Find(letter.Headers, header => header.Key == name)?.GetValueAsString();
}
