namespace KafkaFunctions.Streams.Joins;

/// <summary>A side of a join; the numbers are stored.</summary>
internal enum JoinSide
{
    Left = 0,
    Right = 1,
}
