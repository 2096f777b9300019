using CsCheck;
using KafkaFunctions.Reference.Cases;

namespace KafkaFunctions.Reference.Generation;

/// <summary>Streams of records: out of order, twice, at the same time, after a jump, without key or value.</summary>
internal static class RecordGenerator
{
    private const long Today = 1_700_000_000_000;
    private const long FarFuture = 4_000_000_000_000_000_000;
    private const long JumpUnit = 25;
    private const long NearTheEnd = long.MaxValue - 200;

    public static Gen<IReadOnlyList<InputRecord>> Records(GenerationOptions options, bool hasTwoSides, bool hasNullValues = true, bool hasHugeTimes = true)
    {
        var draft = Gen.Select(
            Steps(options),
            Gen.Int[0, 40],
            hasTwoSides ? Gen.OneOf(Side.Left, Side.Right) : Gen.Const(Side.Left),
            Gen.Frequency((1, Gen.Const((string?)null)), (19, Gen.OneOf<string?>("a", "b", "c"))),
            Gen.Frequency((hasNullValues ? 3 : 0, Gen.Const((long?)null)), (17, Gen.Long[0, 9].Select(value => (long?)value))),
            (step, distance, side, key, value) => new RecordDraft(step, distance, side, key, value));
        return Gen.Select(Beginnings(options, hasHugeTimes), draft.Array[1, options.MaxRecords], (beginning, drafts) => (IReadOnlyList<InputRecord>)InTime(beginning, drafts, options));
    }

    private static Gen<RecordStep> Steps(GenerationOptions options) => Gen.Frequency(
        (8, Gen.Const(RecordStep.Forward)),
        (2, Gen.Const(RecordStep.Tie)),
        (4, Gen.Const(RecordStep.Back)),
        (1, Gen.Const(RecordStep.Jump)),
        (1, Gen.Const(RecordStep.Duplicate)),
        (options.HasNegativeTimestamps ? 1 : 0, Gen.Const(RecordStep.Negative)));

    private static Gen<long> Beginnings(GenerationOptions options, bool hasHugeTimes) => Gen.Frequency(
        (6, Gen.Const(0L)),
        (3, Gen.Const(Today)),
        (hasHugeTimes ? 1 : 0, Gen.Const(FarFuture)),
        (options.HasExtremeTimestamps ? 2 : 0, Gen.Const(NearTheEnd)));

    private static List<InputRecord> InTime(long beginning, RecordDraft[] drafts, GenerationOptions options)
    {
        var records = new List<InputRecord>();
        var highest = beginning;
        foreach (var draft in drafts)
        {
            var record = draft.Step == RecordStep.Duplicate && records.Count > 0
                ? records[^1] with { Offset = records.Count }
                : new InputRecord(draft.Side, PartitionOf(draft.Key, options), records.Count, draft.Key, draft.Value, TimeOf(draft, highest));
            records.Add(record);
            highest = Math.Max(highest, record.Timestamp);
        }

        return records;
    }

    private static int PartitionOf(string? key, GenerationOptions options) => key is null ? 0 : key[0] % options.Partitions;

    private static long TimeOf(RecordDraft draft, long highest) => draft.Step switch
    {
        RecordStep.Forward => Times.Add(highest, draft.Distance / 5),
        RecordStep.Back => Math.Max(0, highest - draft.Distance),
        RecordStep.Jump => Times.Add(highest, draft.Distance * JumpUnit),
        RecordStep.Negative => -1 - draft.Distance,
        _ => highest,
    };
}
