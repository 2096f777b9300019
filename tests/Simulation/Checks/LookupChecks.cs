using KafkaFunctions.Simulation.Pipeline;
using KafkaFunctions.Streams.Serialization;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Simulation.Checks;

/// <summary>Compares what a stream's records have found with the table that they were looked up in: each record comes once, in order;
/// what it finds the table had at some time, and when the table stands still, what it has.</summary>
internal sealed class LookupChecks(Survivors survivors, TablePart part)
{
    private readonly ILookup<long, (long? Value, long Time)> _changes = survivors[TablePart.Right]
        .ToLookup(record => Number(record.Key), record => (record.Value is null ? default(long?) : Number(record.Value), record.Timestamp!.UnixTimestampMs));

    /// <returns>What is wrong; null where nothing is.</returns>
    public string? FirstProblem() =>
        Found(TablePart.Lookups[0], Now, (change, _) => true)
        ?? Found(TablePart.Lookups[1], AsOf, (change, time) => change.Time <= time)
        ?? DeadLetters.Of(survivors, TablePart.Right, TablePart.Keeper, 0)
        ?? DeadLetters.Of(survivors, TablePart.Right, TablePart.VersionsKeeper, 0);

    private string? Found((string Function, string Store, string Output) lookup, Func<long, long, long?> atRest, Func<(long? Value, long Time), long, bool> isThere)
    {
        var found = survivors[lookup.Output].ToLookup(record => Number(record.Key), record => JoinedPair.Serde.Deserialize(record.Value));
        foreach (var records in survivors[TablePart.Stream].GroupBy(record => Number(record.Key)))
        {
            if (!found[records.Key].Select(pair => pair.Left!.Value).SequenceEqual(records.Select(record => Number(record.Value))))
            {
                return $"{lookup.Output} has {string.Join(' ', found[records.Key])} of {records.Key}, and not the records {string.Join(' ', records.Select(record => Number(record.Value)))}.";
            }

            foreach (var (record, pair) in records.Zip(found[records.Key]))
            {
                if (Wrong(record, pair) is { } expected)
                {
                    return $"{lookup.Output} has {pair} of {records.Key} at {TimeOf(record)}, and not {expected}.";
                }
            }
        }

        return DeadLetters.Of(survivors, TablePart.Stream, lookup.Function, 0);

        string? Wrong(KafkaRecord record, JoinedPair pair)
        {
            if (pair.Left >= part.FirstAtRest)
            {
                var expected = atRest(Number(record.Key), TimeOf(record));
                return pair.Right == expected ? null : $"{new JoinedPair(pair.Left, expected)}";
            }

            return pair.Right is null || _changes[Number(record.Key)].Any(change => change.Value == pair.Right && isThere(change, TimeOf(record)))
                ? null
                : "anything that the table had";
        }
    }

    private long? Now(long key, long time) => _changes[key].LastOrDefault().Value;

    private long? AsOf(long key, long time) => _changes[key].Where(change => change.Time <= time).OrderBy(change => change.Time).LastOrDefault().Value;

    private static long TimeOf(KafkaRecord record) => record.Timestamp!.UnixTimestampMs;

    private static long Number(byte[]? bytes) => Serdes.Int64.Deserialize(bytes);
}
