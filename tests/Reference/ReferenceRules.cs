using KafkaFunctions.Reference.Specifications;

namespace KafkaFunctions.Reference;

/// <summary>Where the rules as written and Kafka Streams differ in what the reference can do either way.</summary>
public sealed record ReferenceRules
{
    /// <summary>As semantics are written for this project.</summary>
    public static ReferenceRules Ours { get; } = new()
    {
        SuppressesAtBoundary = false,
        KeylessRecordsAgeTheirSide = true,
        ForgetsJoinRecordsAtBoundary = false,
        ForgetsJoinRecordsByBothSides = true,
        JoinsClosedSessions = true,
        RetractsSessionOfSameBounds = false,
        RetractsWhatWasHeld = false,
        ReleasesByUpdate = false,
        SkipsUnchangedTableUpdates = true,
        RepeatsTombstones = false,
        StreamTableJoinHasTimeOfStream = false,
        ForeignKeyJoinHasTimeOfTrigger = false,
    };

    /// <summary>As Kafka Streams does it.</summary>
    public static ReferenceRules KafkaStreams { get; } = new()
    {
        SuppressesAtBoundary = true,
        KeylessRecordsAgeTheirSide = false,
        ForgetsJoinRecordsAtBoundary = true,
        ForgetsJoinRecordsByBothSides = false,
        JoinsClosedSessions = true,
        RetractsSessionOfSameBounds = true,
        RetractsWhatWasHeld = true,
        ReleasesByUpdate = true,
        SkipsUnchangedTableUpdates = false,
        RepeatsTombstones = true,
        StreamTableJoinHasTimeOfStream = true,
        ForeignKeyJoinHasTimeOfTrigger = true,
    };

    /// <summary>Suppressed sliding windows and sessions are emitted one millisecond before they close, while records for them are still
    /// taken, and then emitted again.</summary>
    public required bool SuppressesAtBoundary { get; init; }

    /// <summary>In a join of streams, a record without key moves the clock by which its side's records are forgotten, too.</summary>
    public required bool KeylessRecordsAgeTheirSide { get; init; }

    /// <summary>A join of streams forgets a record when its side's clock has reached, not passed, its time, window and grace. A window that is
    /// open on one side only then loses its last millisecond.</summary>
    public required bool ForgetsJoinRecordsAtBoundary { get; init; }

    /// <summary>A join of streams forgets a record only when both sides' clocks have passed its time, window and grace. Where the other side's
    /// stands behind, it may be joined until the key's next record comes. Kafka Streams goes by the record's own side alone.</summary>
    public required bool ForgetsJoinRecordsByBothSides { get; init; }

    /// <summary>A record that is on time by itself, or through a later session, takes a session along whose final result was emitted, so
    /// that its data is in two final results.</summary>
    public required bool JoinsClosedSessions { get; init; }

    /// <summary>A session that grows by a record within its bounds is retracted before its new value, too.</summary>
    public required bool RetractsSessionOfSameBounds { get; init; }

    /// <summary>A result that is held until a time limit, and taken back before it was emitted, has a tombstone all the same.</summary>
    public required bool RetractsWhatWasHeld { get; init; }

    /// <summary>What is due, or too much, of the results that are held is emitted after each update of a record, not after all of them: a
    /// record that makes several of its windows due is in the first of them.</summary>
    public required bool ReleasesByUpdate { get; init; }

    /// <summary>An update of a source table with the same value and no older time changes nothing downstream. Kafka Streams passes it on.</summary>
    public required bool SkipsUnchangedTableUpdates { get; init; }

    /// <summary>A table-table join passes a tombstone on where no result existed, too: by key, a delete of what is not there while the
    /// other side is; by foreign key, any change that leads to no result.</summary>
    public required bool RepeatsTombstones { get; init; }

    /// <summary>A stream-table join's result has the stream record's time, not the higher of the two.</summary>
    public required bool StreamTableJoinHasTimeOfStream { get; init; }

    /// <summary>A foreign-key join's result that the right side causes has that record's time, not the higher of the two; and so has the
    /// tombstone of a left join.</summary>
    public required bool ForeignKeyJoinHasTimeOfTrigger { get; init; }

    /// <summary>Whether a window whose end is inclusive is closed.</summary>
    internal bool IsClosed(long end, long closeTime, ResultMode results) =>
        end < closeTime || (end == closeTime && SuppressesAtBoundary && results == ResultMode.Suppressed);
}
