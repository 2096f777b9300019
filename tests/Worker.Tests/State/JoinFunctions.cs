using KafkaFunctions.Streams.Joins;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Worker.Tests.State;

/// <summary>What both functions of a join share.</summary>
internal static class JoinFunctions
{
    public static TableJoin<string?, string?, string?, string> Join { get; } =
        TableJoin.Inner("joined-words", Serdes.Utf8, Serdes.Utf8, Serdes.Utf8, (left, right) => $"{left}+{right}", nameof(JoinLeft), nameof(JoinRight));
}
