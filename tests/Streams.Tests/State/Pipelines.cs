using System.Globalization;
using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.InMemory;
using KafkaFunctions.Streams.State.Queries;
using KafkaFunctions.Streams.Tables;
using KafkaFunctions.Streams.Tests.Processing;
using static KafkaFunctions.Streams.Tests.State.StateApp;

namespace KafkaFunctions.Streams.Tests.State;

/// <summary>Processors of every kind of state, the same records for all of them, and what they come to.</summary>
public static class Pipelines
{
    internal static InputRecord[] Records { get; } =
    [
        Record(0, "a", "1", 1_000), Record(0, "a", "2", 1_500, partition: 1), Record(1, "b", "3", 900), Record(2, "a", "4", 2_000),
        Record(1, "c", "5", 100, partition: 1), Record(3, "a", "6", 1_000), Record(2, "b", "7", 3_000, partition: 1), Record(4, "c", "8"),
        Record(5, "b", "bad"), Record(6, "b", "9"), Record(3, "a", null, 4_000, partition: 1), Record(7, "a", "10", 5_000),
    ];

    public static TheoryData<string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (var name in new[] { "count", "sum", "process", "regroup", "table", "versioned", "deduplicate" })
            {
                cases.Add(name, true);
                cases.Add(name, false);
            }

            return cases;
        }
    }

    internal static async Task<string[]> StateOf(string pipeline, InMemoryStateStorage storage)
    {
        var rows = new List<string>();
        foreach (var store in await storage.ListAsync(TestContext.Current.CancellationToken))
        {
            var page = await new StateReader(storage).ListAsync(store, new StateRequest { Limit = 1_000 }, TestContext.Current.CancellationToken);
            rows.AddRange(page.Entries.Where(entry => !IsEmptyGroup(store, entry.Value)).Select(entry => $"{store} {Serdes.Utf8.Deserialize(entry.Key)}={Convert.ToHexString(entry.Value)} at {(HasTimes(pipeline) ? entry.Timestamp : 0)}"));
        }

        return [.. rows];
    }

    /// <summary>First occurrences: every event in its order per key; of a table, the last value per key.</summary>
    internal static string[] OutputsOf(string pipeline, List<OutputRecord> published)
    {
        var last = new Dictionary<string, IReadOnlyList<long>>();
        var keys = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var record in published)
        {
            if (record.Identity is not null)
            {
                Assert.True(RecordIdentity.TryParse(record.Identity, out var identity));
                if (last.TryGetValue(identity!.Path, out var before) && RecordIdentity.CompareSequences(identity.Sequence, before) <= 0)
                {
                    continue;
                }

                last[identity.Path] = identity.Sequence;
            }

            var key = Serdes.Utf8.Deserialize(record.Key)!;
            if (!keys.TryGetValue(key, out var values))
            {
                keys.Add(key, values = []);
            }

            values.Add(HasTimes(pipeline) && record.Value is not null ? $"{Show(record)} at {record.Timestamp}" : Show(record));
        }

        return
        [
            .. keys.Values
                .SelectMany(values => pipeline is "process" or "deduplicate" ? values : values[^1..])
                .Where(shown => !(pipeline == "regroup" && shown.EndsWith("=0", StringComparison.Ordinal)) && !(pipeline == "table" && shown.EndsWith("=-", StringComparison.Ordinal))),
        ];
    }

    /// <summary>Where changes of a table are folded, a group may never hear of a value that came and went.</summary>
    private static bool IsEmptyGroup(string store, byte[] value) => store == "groups" && Serdes.Int64.Deserialize(value) == 0;

    /// <summary>Where changes of a table are folded, a group does not hear of the times in between.</summary>
    private static bool HasTimes(string pipeline) => pipeline != "regroup";

    internal static StreamProcessor Build(string pipeline) => pipeline switch
    {
        "count" => StateTest.Counting(),
        "sum" => StateTest.Source()
            .GroupByKey(Serdes.Utf8)
            .Aggregate(() => 0L, (_, value, sum) => sum + long.Parse(value!, CultureInfo.InvariantCulture), "sums", Serdes.Int64)
            .ToStream()
            .MapValues(sum => sum.ToString(CultureInfo.InvariantCulture))
            .To(Serdes.Utf8, Serdes.Utf8!),
        "process" => StateTest.Source()
            .GroupByKey(Serdes.Utf8)
            .Process<string?, string?>(Numbered, "numbers", Serdes.Utf8, Serdes.Utf8)
            .ToText(),
        "regroup" => KTable.From(Serdes.Utf8, Serdes.Utf8, "values")
            .GroupBy((_, value) => KeyValue.Pair(value!.Length.ToString(CultureInfo.InvariantCulture), value.Length), Serdes.Utf8!)
            .Aggregate(() => 0L, (_, item, sum) => sum + 1_000 + item, (_, item, sum) => sum - 1_000 - item, "groups", Serdes.Int64)
            .MapValues(sum => sum.ToString(CultureInfo.InvariantCulture))
            .To(Serdes.Utf8!, Serdes.Utf8!),
        "table" => KTable.From(Serdes.Utf8, Serdes.Utf8, "values")
            .Filter((_, value) => value!.Length == 1)
            .To(Serdes.Utf8, Serdes.Utf8),
        "versioned" => KTable.From(Serdes.Utf8, Serdes.Utf8, "versions", TimeSpan.FromSeconds(2)).To(Serdes.Utf8, Serdes.Utf8),
        _ => StateTest.Source()
            .DeduplicateBy((key, _) => key, Serdes.Utf8, TimeSpan.FromMilliseconds(1_000), "ids")
            .ToText(),
    };

    private static string? Numbered(string? key, string? state, Record<string?, string?> record, Emitter<string?> emitter)
    {
        var count = (state?.Length ?? 0) + 1;
        emitter.Emit($"{record.Value}#{count}");
        if (record.Value == "bad")
        {
            throw new FormatException("bad");
        }

        if (count % 2 == 0)
        {
            emitter.Emit($"even after {record.Value}", record.Timestamp + 1);
        }

        return count == 4 ? null : new string('x', count);
    }
}
