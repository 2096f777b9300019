using KafkaFunctions.Reference;
using KafkaFunctions.Reference.Cases;

namespace KafkaFunctions.Differential.Tests;

/// <summary>Where the project's rules and Kafka Streams differ, each with the smallest case that shows it. There are no others.</summary>
internal static class KnownDifferences
{
    private const string Unchanged = """
        case table-aggregation aggregate=Mix
        record Left a 1 3
        record Left a 1 5
        """;

    private const string RepeatedTombstone = """
        case table-join join=Inner
        record Right a 1 1
        record Left a ~ 2
        """;

    private const string ForeignKeyTime = """
        case foreign-key-join join=Inner
        record Left k 1 10
        record Right b 2 5
        """;

    private const string StreamTableTime = """
        case stream-table-join join=Inner versioned=False history=0
        record Right a 1 10
        record Left a 2 5
        """;

    private const string SameBounds = """
        case session-windows gap=10 grace=0 aggregate=Count results=Updates
        record Left a 1 0
        record Left a 1 8
        record Left a 1 4
        """;

    private const string ClosedSession = """
        case session-windows gap=10 grace=0 aggregate=Count results=Final
        record Left a 1 0
        record Left b 1 15
        record Left a 1 5
        record Left b 1 100
        """;

    private const string SuppressedAtBoundary = """
        case session-windows gap=5 grace=0 aggregate=Count results=Suppressed
        record Left a 1 0
        record Left b 1 5
        record Left a 1 0
        """;

    private const string HeldAndTakenBack = """
        case session-windows gap=10 grace=0 aggregate=Count results=Limited limit=20 rows=100
        record Left a 1 0
        record Left a 1 5
        record Left b 1 30
        """;

    private const string ReleasedByUpdate = """
        case time-windows size=20 advance=10 grace=0 aggregate=Count results=Limited limit=5 rows=100
        record Left a 1 11
        record Left a 1 16
        """;

    private const string HeldThroughGrace = """
        case stream-join join=Left before=0 after=5 grace=20
        record Right b 1 20
        record Left a 1 10
        record Right a 2 12
        record Left c 1 1000
        """;

    private const string UnmatchedJoinsNothing = """
        case stream-join join=Left before=0 after=5 grace=0
        record Left a 1 10
        record Right b 1 16
        record Right a 2 12
        """;

    private const string ForgottenAtBoundary = """
        case stream-join join=Inner before=0 after=5 grace=0
        record Left a 1 10
        record Left b 1 15
        record Right a 2 15
        """;

    private const string ForgottenByOneSide = """
        case stream-join join=Inner before=0 after=5 grace=0
        record Left a 1 10
        record Left b 1 20
        record Right a 2 15
        """;

    private const string SlidingLate = """
        case sliding-windows size=18 grace=17 aggregate=Count results=Updates
        record Left b 1 95
        record Left a 1 105
        record Left b 1 83
        record Left b 1 88
        """;

    private const string VersionedTombstone = """
        case stream-table-join join=Inner versioned=True history=1000000000
        record Right b 9 30
        record Right b ~ 30
        record Right b 4 2
        record Left b 3 40
        """;

    /// <summary>What the reference can do either way.</summary>
    public static IReadOnlyDictionary<string, (string Text, ReferenceRules Rules)> OfRules { get; } = new Dictionary<string, (string, ReferenceRules)>
    {
        [nameof(ReferenceRules.SkipsUnchangedTableUpdates)] = (Unchanged, ReferenceRules.KafkaStreams with { SkipsUnchangedTableUpdates = true }),
        [nameof(ReferenceRules.RepeatsTombstones)] = (RepeatedTombstone, ReferenceRules.KafkaStreams with { RepeatsTombstones = false }),
        [nameof(ReferenceRules.ForeignKeyJoinHasTimeOfTrigger)] =
            (ForeignKeyTime, ReferenceRules.KafkaStreams with { ForeignKeyJoinHasTimeOfTrigger = false }),
        [nameof(ReferenceRules.StreamTableJoinHasTimeOfStream)] =
            (StreamTableTime, ReferenceRules.KafkaStreams with { StreamTableJoinHasTimeOfStream = false }),
        [nameof(ReferenceRules.JoinsClosedSessions)] = (ClosedSession, ReferenceRules.KafkaStreams with { JoinsClosedSessions = false }),
        [nameof(ReferenceRules.RetractsSessionOfSameBounds)] = (SameBounds, ReferenceRules.KafkaStreams with { RetractsSessionOfSameBounds = false }),
        [nameof(ReferenceRules.RetractsWhatWasHeld)] = (HeldAndTakenBack, ReferenceRules.KafkaStreams with { RetractsWhatWasHeld = false }),
        [nameof(ReferenceRules.ReleasesByUpdate)] = (ReleasedByUpdate, ReferenceRules.KafkaStreams with { ReleasesByUpdate = false }),
        [nameof(ReferenceRules.ForgetsJoinRecordsAtBoundary)] =
            (ForgottenAtBoundary, ReferenceRules.KafkaStreams with { ForgetsJoinRecordsAtBoundary = false }),
        [nameof(ReferenceRules.ForgetsJoinRecordsByBothSides)] =
            (ForgottenByOneSide, ReferenceRules.KafkaStreams with { ForgetsJoinRecordsByBothSides = true }),
        [nameof(ReferenceRules.SuppressesAtBoundary)] = (SuppressedAtBoundary, ReferenceRules.KafkaStreams with { SuppressesAtBoundary = false }),
    };

    /// <summary>Where the reference has the project's rule alone.</summary>
    public static IReadOnlyDictionary<OwnRule, string> OfOwnRules { get; } = new Dictionary<OwnRule, string>
    {
        [OwnRule.UnmatchedHeldThroughGrace] = HeldThroughGrace,
        [OwnRule.UnmatchedJoinsNothing] = UnmatchedJoinsNothing,
        [OwnRule.SlidingRecordLateForItsOwnWindow] = SlidingLate,
        [OwnRule.TombstoneAtTheTimeOfItsValue] = VersionedTombstone,
    };
}
