namespace KafkaFunctions.Streams.State.Rows;

/// <summary>The highest offset of a source partition that a row has taken in (design rule 3).</summary>
internal readonly record struct AppliedOffset(SourcePartition Source, long Offset);
