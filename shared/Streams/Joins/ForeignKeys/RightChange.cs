using KafkaFunctions.Streams.Joins.TableJoins;

namespace KafkaFunctions.Streams.Joins.ForeignKeys;

/// <summary>What the right table has for a key, for the row of a left key that may name it.</summary>
/// <param name="ForeignKey">The right key's bytes.</param>
/// <param name="Right">What it has.</param>
/// <param name="Version">Version of the right key's row.</param>
/// <param name="AskedAt">Where the record of the left value stands that has asked for it; null where the right table has changed.</param>
internal readonly record struct RightChange(byte[] ForeignKey, JoinSide Right, long Version, LeftPosition? AskedAt);
