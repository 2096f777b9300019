using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.InMemory;
using KafkaFunctions.Streams.Tests.State;

namespace KafkaFunctions.Streams.Tests.Joins;

/// <summary>The two functions of a join, which publish to one topic.</summary>
internal sealed class JoinApps(Func<(StreamProcessor Left, StreamProcessor Right)> build, InMemoryStateStorage storage)
{
    public const string LeftFunction = "L";
    public const string RightFunction = "R";

    public StreamRunOptions Run { get; init; } = new();

    public List<OutputRecord> Published { get; } = [];

    /// <summary>The topic's records as "key=value at time".</summary>
    public string[] Shown => [.. Published.Select(Show)];

    /// <summary>The left side's function, on an instance of its own.</summary>
    public StateApp Left(StateOptions? options = null) => new(build().Left, storage, options) { Function = new StreamFunction(LeftFunction, HonouredIdentities.None), Run = Run, Published = Published };

    /// <summary>The right side's function, on an instance of its own.</summary>
    public StateApp Right(StateOptions? options = null) => new(build().Right, storage, options) { Function = new StreamFunction(RightFunction, HonouredIdentities.None), Run = Run, Published = Published };

    /// <summary>The last value of each key for a reader that knows copies by their identity.</summary>
    public string[] Last()
    {
        var sequences = new Dictionary<string, IReadOnlyList<long>>();
        var last = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var record in Published)
        {
            if (record.Identity is not null)
            {
                Assert.True(RecordIdentity.TryParse(record.Identity, out var identity));
                if (sequences.TryGetValue(identity!.Path, out var before) && RecordIdentity.CompareSequences(identity.Sequence, before) <= 0)
                {
                    continue;
                }

                sequences[identity.Path] = identity.Sequence;
            }

            last[Serdes.Utf8.Deserialize(record.Key)!] = record.Value is null ? "-" : StateApp.Show(record);
        }

        return [.. last.Where(pair => pair.Value != "-").Select(pair => pair.Value)];
    }

    /// <summary>Records that are no copies of the first one with their identity (invariant I3).</summary>
    public string[] Different() =>
    [
        .. from record in Published
           where record.Identity is not null
           group record by Convert.ToHexString(record.Identity!) into same
           where same.Select(Show).Distinct().Count() > 1
           select string.Join(" and ", same.Select(Show).Distinct()),
    ];

    public static InputRecord LeftRecord(long offset, string? key, string? value, long timestamp = 1_000, int partition = 0) =>
        StateApp.Record(offset, key, value, timestamp, partition) with { Topic = "left" };

    public static InputRecord RightRecord(long offset, string? key, string? value, long timestamp = 1_000, int partition = 0) =>
        StateApp.Record(offset, key, value, timestamp, partition) with { Topic = "right" };

    private static string Show(OutputRecord record) => $"{StateApp.Show(record)} at {record.Timestamp}";
}
