namespace KafkaFunctions.Reference.Cases;

/// <summary>A rule that is the project's own, where Kafka Streams does otherwise. A result says which of them it depends on.</summary>
public enum OwnRule
{
    /// <summary>An unmatched record that arrives out of order is held until its window plus grace has passed; Kafka emits it at once when
    /// its window alone has.</summary>
    UnmatchedHeldThroughGrace,

    /// <summary>What was emitted unmatched joins nothing any more; in Kafka it still does.</summary>
    UnmatchedJoinsNothing,

    /// <summary>A record that is late for the sliding window that ends at it, but not for others, counts in every window that is not
    /// closed. Kafka Streams knows of it only through the windows that hold it when it comes, so later windows may lack it.</summary>
    SlidingRecordLateForItsOwnWindow,

    /// <summary>A versioned table's tombstone of the same time as a value deletes it, and an older value that comes later stays history.
    /// Kafka Streams forgets such a tombstone, and the older value is the latest one again.</summary>
    TombstoneAtTheTimeOfItsValue,

    /// <summary>A record with a negative timestamp is a dead letter; Kafka Streams stops, or drops it.</summary>
    NegativeTimestampRejected,
}
