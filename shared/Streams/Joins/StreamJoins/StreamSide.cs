namespace KafkaFunctions.Streams.Joins.StreamJoins;

/// <summary>A side of a join; the numbers are stored.</summary>
internal enum StreamSide
{
    Left = 0,
    Right = 1,
}
