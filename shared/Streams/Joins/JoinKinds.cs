namespace KafkaFunctions.Streams.Joins;

internal static class JoinKinds
{
    /// <summary>Whether there is a result of what the sides have.</summary>
    public static bool HasResult(this JoinKind kind, bool left, bool right) => kind switch
    {
        JoinKind.Inner => left && right,
        JoinKind.Left => left,
        _ => left || right,
    };
}
