using System.Globalization;
using KafkaFunctions.Simulation.Pipeline;
using KafkaFunctions.Streams.Serialization;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Simulation.Checks;

/// <summary>Compares what the aggregations have come to with their reference.</summary>
internal sealed class AggregationChecks(World world, Survivors survivors, AggregationReference reference)
{
    private readonly AggregationReference _reference = reference;

    /// <returns>What is wrong; null where nothing is.</returns>
    public string? FirstProblem() => States() ?? Updates() ?? Events() ?? Letters();

    private string? States() => Rows("sums", _reference.Sums)
        ?? Rows("sums-by-rest", _reference.SumsByRest)
        ?? Rows("numbers", Counts(_reference.Numbered))
        ?? Rows("numbers-by-rest", Counts(_reference.NumberedByRest))
        ?? Rows("latest", _reference.Sums)
        ?? Rows("groups", _reference.Groups, zeroIsNone: true)
        ?? Rows("values", _reference.Values)
        ?? Rows("values-by-rest", _reference.ValuesByRest, zeroIsNone: true)
        ?? (StoredRows.Keys(world, "ids").SequenceEqual(_reference.Ids) ? null : "Store 'ids' has other ids than the inputs.");

    private string? Updates() => LastInOrder("D", _reference.Sums)
        ?? UpdatePerRecord("D", _reference.Summands)
        ?? Newest("V", _reference.SumsByRest)
        ?? LastAtAll("V", _reference.SumsByRest)
        ?? Newest("E", _reference.Groups)
        ?? LastAtAll("E", _reference.Groups)
        ?? Newest("Y", _reference.ValuesByRest)
        ?? LastAtAll("Y", _reference.ValuesByRest);

    private string? Events() => EventPerRecord("S", _reference.Numbered)
        ?? EventPerRecord("W", _reference.NumberedByRest)
        ?? PassedOn("S", _reference.Passed)
        ?? OneOfEachId();

    private string? Letters() => DeadLetters.Of(survivors, "A", "F1", _reference.Unreadable)
        ?? DeadLetters.Of(survivors, "B", "G", _reference.NotSummed)
        ?? DeadLetters.Of(survivors, "B", "J", _reference.NotNumbered)
        ?? DeadLetters.Of(survivors, "T", "L", _reference.NotNumberedByRest);

    private static long Number(byte[]? bytes) => Serdes.Int64.Deserialize(bytes);

    private static string Show(IEnumerable<KeyValuePair<long, long>> numbers) =>
        string.Join(' ', numbers.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value}")));

    private string? Rows(string store, SortedDictionary<long, long> expected, bool zeroIsNone = false)
    {
        var actual = StoredRows.Numbers(world, store);
        return Compare($"Store '{store}' has", zeroIsNone ? WithoutZeros(actual) : actual, expected);
    }

    /// <summary>A group that all items have left is as good as none.</summary>
    private static SortedDictionary<long, long> WithoutZeros(SortedDictionary<long, long> numbers) =>
        new(numbers.Where(pair => pair.Value != 0).ToDictionary());

    private static SortedDictionary<long, long> Counts(SortedDictionary<long, List<long>> lists) =>
        new(lists.ToDictionary(pair => pair.Key, pair => (long)pair.Value.Count));

    /// <summary>The records of each key are numbered from 0 on, each once, in whatever order they came.</summary>
    private string? EventPerRecord(string topic, SortedDictionary<long, List<long>> expected)
    {
        var events = EventsOf(topic).Where(pair => pair.Event.Number != NumberedValue.None).ToLookup(pair => pair.Key, pair => pair.Event);
        foreach (var key in expected.Keys.Union(events.Select(group => group.Key)))
        {
            var values = expected.GetValueOrDefault(key) ?? [];
            if (!events[key].Select(numbered => numbered.Number).Order().SequenceEqual(Enumerable.Range(0, values.Count).Select(number => (long)number))
                || !events[key].Select(numbered => numbered.Value).Order().SequenceEqual(values.Order()))
            {
                return $"{topic} has of {key} the events {string.Join(' ', events[key].Order(NumberedValue.ByNumber))} and not one of each of {string.Join(' ', values)}.";
            }
        }

        return null;
    }

    /// <summary>The records of each key have passed, each once.</summary>
    private string? PassedOn(string topic, SortedDictionary<long, List<long>> expected)
    {
        var passed = EventsOf(topic).Where(pair => pair.Event.Number == NumberedValue.None).ToLookup(pair => pair.Key, pair => pair.Event.Value);
        return expected.Keys.Union(passed.Select(group => group.Key))
            .Where(key => !passed[key].Order().SequenceEqual((expected.GetValueOrDefault(key) ?? []).Order()))
            .Select(key => $"Of {key}, {topic} has {string.Join(' ', passed[key])} and not {string.Join(' ', expected.GetValueOrDefault(key) ?? [])}.")
            .FirstOrDefault();
    }

    private IEnumerable<(long Key, NumberedValue Event)> EventsOf(string topic) =>
        survivors[topic].Select(record => (Number(record.Key), NumberedValue.Serde.Deserialize(record.Value)));

    private string? OneOfEachId()
    {
        var passed = survivors["U"].Select(record => AggregationRules.IdOf(Number(record.Value))).Order().ToList();
        return passed.SequenceEqual(_reference.Ids) ? null : $"The ids {string.Join(' ', passed)} have passed and not {string.Join(' ', _reference.Ids)}.";
    }

    /// <summary>The last update of each key, copies taken out, is its value.</summary>
    private string? LastInOrder(string topic, SortedDictionary<long, long> expected) =>
        Compare($"The last updates in {topic} are", Last(survivors[topic]), expected);

    /// <summary>Not folded, each record gives an update; folded, at most one.</summary>
    private string? UpdatePerRecord(string topic, SortedDictionary<long, long> expected)
    {
        var counts = new SortedDictionary<long, long>();
        foreach (var record in survivors[topic])
        {
            counts[Number(record.Key)] = counts.GetValueOrDefault(Number(record.Key)) + 1;
        }

        return world.RunOptions.FoldBatch
            ? counts.All(pair => pair.Value <= expected[pair.Key]) ? null : $"{topic} has more updates than records: {Show(counts)} of {Show(expected)}."
            : Compare($"The numbers of updates in {topic} are", counts, expected);
    }

    /// <summary>The update with the highest version is the value.</summary>
    private string? Newest(string topic, SortedDictionary<long, long> expected) =>
        Compare($"The newest updates in {topic} are", WithoutZeros(Numbers(KeyedRecords.Newest(survivors[topic]))), expected);

    /// <summary>The last record of each key is the value (rule 7), unless a zombie's came later.</summary>
    private string? LastAtAll(string topic, SortedDictionary<long, long> expected) => world.HadZombies
        ? null
        : Compare($"The last records in {topic} are", WithoutZeros(Last(world.Broker[topic].Records)), expected)
            ?? Compare($"The last records in {topic}, copies taken out, are", WithoutZeros(Last(survivors[topic])), expected);

    private static SortedDictionary<long, long> Last(IEnumerable<KafkaRecord> records) => Numbers(KeyedRecords.Last(records));

    private static SortedDictionary<long, long> Numbers(Dictionary<long, byte[]?> values) => new(values.ToDictionary(pair => pair.Key, pair => Number(pair.Value)));

    private static string? Compare(string what, SortedDictionary<long, long> actual, SortedDictionary<long, long> expected) =>
        actual.SequenceEqual(expected) ? null : $"{what} {Show(actual)} and not {Show(expected)}.";
}
