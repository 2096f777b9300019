using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Testing.Tests;

/// <summary>What a pipeline has come to: its last topics without copies, and its stores.</summary>
/// <param name="Outputs">Records in their order, as text.</param>
/// <param name="Last">The last value of each key.</param>
/// <param name="Stores">Entries and dead letters, as text.</param>
internal sealed record Outcome(string Outputs, string Last, string Stores)
{
    public static Outcome Of(PipelineTest test, string[] topics, string[] stores)
    {
        var records = topics.SelectMany(topic => test.Output(topic, Serdes.Utf8, Serdes.Bytes).Deduplicated().ReadAll())
            .Select(record => (Place: $"{record.Topic}/{record.Partition}/{record.Key}", Text: $"{Convert.ToHexString(record.Value ?? [])}@{record.Timestamp}"))
            .ToList();
        return new Outcome(
            Lines(records.GroupBy(record => record.Place).OrderBy(place => place.Key, StringComparer.Ordinal).SelectMany(place => place.Select(record => $"{place.Key} {record.Text}"))),
            Lines(records.GroupBy(record => record.Place).OrderBy(place => place.Key, StringComparer.Ordinal).Select(place => $"{place.Key} {place.Last().Text}")),
            Lines(stores.SelectMany(store => test.Store(store, Serdes.Utf8, Serdes.Bytes).All().Select(entry => $"{store} {entry.Key} {Convert.ToHexString(entry.Value ?? [])}@{entry.Timestamp}"))
                .Concat(test.Topics.SelectMany(test.DeadLetters).Select(letter => $"{letter.Topic}/{letter.Partition}/{letter.Offset} {letter.ErrorMessage}").Distinct())));
    }

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);
}
