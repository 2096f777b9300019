namespace KafkaFunctions.Reference.Cases;

/// <summary>A rule that is the project's own, where Kafka Streams does otherwise. A result says which of them it depends on.</summary>
public enum OwnRule
{
    /// <summary>An unmatched record that arrives out of order is held until its window plus grace has passed; Kafka emits it at once when
    /// its window alone has.</summary>
    UnmatchedHeldThroughGrace,

    /// <summary>What was emitted unmatched joins nothing any more; in Kafka it still does.</summary>
    UnmatchedJoinsNothing,

    /// <summary>A record with a negative timestamp is a dead letter; Kafka Streams stops, or drops it.</summary>
    NegativeTimestampRejected,
}
