namespace KafkaFunctions.Streams.State.Rows;

/// <summary>A partition of a function's source topic: whose offsets a row's watermarks count.</summary>
internal readonly record struct SourcePartition(string Topic, int Partition);
