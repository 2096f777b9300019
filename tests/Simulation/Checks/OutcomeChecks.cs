using System.Globalization;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Simulation.Checks;

/// <summary>Compares what a world has come to with the reference.</summary>
internal sealed class OutcomeChecks(World world)
{
    private readonly Reference _reference = new(world);

    /// <returns>What is wrong; null where nothing is.</returns>
    public string? FirstProblem() => Identities()
        ?? Rows("sums", _reference.Sums)
        ?? Rows("sums-by-rest", _reference.SumsByRest)
        ?? LastInOrder("D", _reference.Sums)
        ?? UpdatePerRecord("D", _reference.Summands)
        ?? Newest("V", _reference.SumsByRest)
        ?? LastAtAll("V", _reference.SumsByRest)
        ?? DeadLetters("A", "F1", _reference.UnreadableInputs)
        ?? DeadLetters("B", "G", _reference.NotSummed);

    private static long Number(byte[]? bytes) => Serdes.Int64.Deserialize(bytes);

    private static string Show(IEnumerable<KeyValuePair<long, long>> numbers) =>
        string.Join(' ', numbers.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value}")));

    /// <summary>Records with one identity are copies, byte by byte (invariant I3).</summary>
    private string? Identities()
    {
        var first = new Dictionary<(string Topic, string Identity), KafkaRecord>();
        foreach (var topic in world.Broker.Topics)
        {
            foreach (var record in topic.Records)
            {
                if (record.Headers.Select(header => header.Key == HeaderNames.Identity ? header.GetValueAsString() : null).LastOrDefault(text => text is not null) is not { } identity)
                {
                    continue;
                }

                if (!first.TryAdd((topic.Name, identity), record) && !IsCopy(first[(topic.Name, identity)], record))
                {
                    return $"Two records of {topic.Name} have the identity {identity} and differ.";
                }
            }
        }

        return null;
    }

    private static bool IsCopy(KafkaRecord left, KafkaRecord right) =>
        left.Partition == right.Partition && left.Key.AsSpan().SequenceEqual(right.Key) && left.Value.AsSpan().SequenceEqual(right.Value);

    private string? Rows(string store, SortedDictionary<long, long> expected)
    {
        var actual = StoredRows.Numbers(world, store);
        return actual.SequenceEqual(expected) ? null : $"Store '{store}' has {Show(actual)} and not {Show(expected)}.";
    }

    /// <summary>The last update of each key, copies taken out, is its value.</summary>
    private string? LastInOrder(string topic, SortedDictionary<long, long> expected) =>
        Compare($"The last updates in {topic} are", Last(Deduplicated.Of(world.Broker[topic])), expected);

    /// <summary>Not folded, each record gives an update; folded, at most one.</summary>
    private string? UpdatePerRecord(string topic, SortedDictionary<long, long> expected)
    {
        var counts = new SortedDictionary<long, long>();
        foreach (var record in Deduplicated.Of(world.Broker[topic]))
        {
            counts[Number(record.Key)] = counts.GetValueOrDefault(Number(record.Key)) + 1;
        }

        return world.RunOptions.FoldBatch
            ? counts.All(pair => pair.Value <= expected[pair.Key]) ? null : $"{topic} has more updates than records: {Show(counts)} of {Show(expected)}."
            : Compare($"The numbers of updates in {topic} are", counts, expected);
    }

    /// <summary>The update with the highest version is the value.</summary>
    private string? Newest(string topic, SortedDictionary<long, long> expected)
    {
        var newest = new SortedDictionary<long, (long Version, long Value)>();
        foreach (var record in Deduplicated.Of(world.Broker[topic]))
        {
            var version = long.Parse(Array.FindLast(record.Headers, header => header.Key == HeaderNames.Version)!.GetValueAsString()!, CultureInfo.InvariantCulture);
            if (version > newest.GetValueOrDefault(Number(record.Key)).Version)
            {
                newest[Number(record.Key)] = (version, Number(record.Value));
            }
        }

        return Compare($"The newest updates in {topic} are", new(newest.ToDictionary(pair => pair.Key, pair => pair.Value.Value)), expected);
    }

    /// <summary>The last record of each key is the value (rule 7), unless a zombie's came later.</summary>
    private string? LastAtAll(string topic, SortedDictionary<long, long> expected) => world.HadZombies
        ? null
        : Compare($"The last records in {topic} are", Last(world.Broker[topic].Records), expected)
            ?? Compare($"The last records in {topic}, copies taken out, are", Last(Deduplicated.Of(world.Broker[topic])), expected);

    private string? DeadLetters(string topic, string function, int expected)
    {
        var letters = Deduplicated.Of(world.Broker[topic + ".dlq"])
            .Where(record => Array.Exists(record.Headers, header => header.Key == HeaderNames.DeadLetterFunction && header.GetValueAsString() == function))
            .Select(Source)
            .ToList();
        return letters.Count == expected && letters.Distinct().Count() == expected
            ? null
            : $"{function} has {letters.Count} dead letters in {topic}.dlq, of {letters.Distinct().Count()} records, and not {expected}.";
    }

    private static (string? Partition, string? Offset) Source(KafkaRecord letter) => (
        Array.Find(letter.Headers, header => header.Key == HeaderNames.DeadLetterPartition)?.GetValueAsString(),
        Array.Find(letter.Headers, header => header.Key == HeaderNames.DeadLetterOffset)?.GetValueAsString());

    private static SortedDictionary<long, long> Last(IEnumerable<KafkaRecord> records)
    {
        var last = new SortedDictionary<long, long>();
        foreach (var record in records)
        {
            last[Number(record.Key)] = Number(record.Value);
        }

        return last;
    }

    private static string? Compare(string what, SortedDictionary<long, long> actual, SortedDictionary<long, long> expected) =>
        actual.SequenceEqual(expected) ? null : $"{what} {Show(actual)} and not {Show(expected)}.";
}
