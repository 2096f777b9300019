namespace KafkaFunctions.Client;

/// <summary>What the app says where it does not answer (RFC 9457).</summary>
/// <param name="Code">Which of the reasons that have one; null for the others.</param>
/// <param name="Detail">What is wrong and how to mend it.</param>
internal sealed record StateProblem(string? Code, string? Detail)
{
    /// <summary>The store is there, and the key is not.</summary>
    public const string KeyNotFound = "KeyNotFound";
}
