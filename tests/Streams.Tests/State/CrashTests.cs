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

/// <summary>The instance ends at each of its steps in turn; the next one gets the records again from the last batch that succeeded,
/// in other batches. State and outputs without copies are those of a run without trouble.</summary>
public sealed class CrashTests : StateTest
{
    private static readonly InputRecord[] Records =
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
            foreach (var name in new[] { "count", "sum", "process", "regroup", "table", "deduplicate" })
            {
                cases.Add(name, true);
                cases.Add(name, false);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task AnInstance_EndsAtAnyStep_NothingIsLostOrDoubled(string pipeline, bool folds)
    {
        var run = new StreamRunOptions { FoldBatch = folds, MaxAttempts = 1 };
        var expected = await RunAsync(pipeline, run, int.MaxValue, 3, 3);

        var ended = false;
        for (var at = 1; !ended; at++)
        {
            foreach (var (cut, otherCut) in new[] { (3, 5), (12, 1), (4, 12) })
            {
                var actual = await RunAsync(pipeline, run, at, cut, otherCut);

                Assert.Equal(expected.State, actual.State);
                Assert.Equal(expected.Outputs, actual.Outputs);
                Assert.Equal(expected.Poison, actual.Poison);
                ended = !actual.Crashed;
                Assert.True(at > 10 || actual.Crashed);
            }
        }
    }

    private static async Task<(string[] State, string[] Outputs, string[] Poison, bool Crashed)> RunAsync(
        string pipeline, StreamRunOptions run, int at, int cut, int otherCut)
    {
        await using var storage = new InMemoryStateStorage();
        var published = new List<OutputRecord>();
        var poison = new SortedSet<string>(StringComparer.Ordinal);
        var from = await LiveAsync(pipeline, run, storage, new Interruption(at), 0, cut, published, poison);
        var crashed = from < Records.Length;
        if (crashed)
        {
            from = await LiveAsync(pipeline, run, storage, new Interruption(int.MaxValue), from, otherCut, published, poison);
        }

        Assert.Equal(Records.Length, from);
        storage.Hook = null;
        return (await StateOf(pipeline, storage), OutputsOf(pipeline, published), [.. poison], crashed);
    }

    /// <summary>The life of an instance.</summary>
    /// <returns>What was committed when it ended.</returns>
    private static async Task<int> LiveAsync(
        string pipeline, StreamRunOptions run, InMemoryStateStorage storage, Interruption interruption, int from, int size, List<OutputRecord> published, SortedSet<string> poison)
    {
        storage.Hook = interruption;
        var app = new StateApp(Build(pipeline), storage) { Run = run, BeforePublish = interruption.Pass };
        try
        {
            for (; from < Records.Length; from = Math.Min(Records.Length, from + size))
            {
                var batch = Records[from..Math.Min(Records.Length, from + size)];
                await app.BatchAsync(batch);
            }
        }
        catch (Interruption.CrashException)
        {
            // The batch is delivered again, to the next instance.
        }

        published.AddRange(app.Published);
        poison.UnionWith(app.DeadLetters.Select(letter => $"{letter.Record.Partition}:{letter.Record.Offset}"));
        return from;
    }

    private static async Task<string[]> StateOf(string pipeline, InMemoryStateStorage storage)
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
    private static string[] OutputsOf(string pipeline, List<OutputRecord> published)
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

    private static StreamProcessor Build(string pipeline) => pipeline switch
    {
        "count" => Counting(),
        "sum" => Source()
            .GroupByKey(Serdes.Utf8)
            .Aggregate(() => 0L, (_, value, sum) => sum + long.Parse(value!, CultureInfo.InvariantCulture), "sums", Serdes.Int64)
            .ToStream()
            .MapValues(sum => sum.ToString(CultureInfo.InvariantCulture))
            .To(Serdes.Utf8, Serdes.Utf8!),
        "process" => Source()
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
        _ => Source()
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
