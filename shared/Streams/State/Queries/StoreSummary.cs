using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.Streams.State.Queries;

/// <summary>What a store says about itself.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Application">The application that made it.</param>
/// <param name="Functions">The functions that write it.</param>
/// <param name="Kind">The operator that keeps it.</param>
/// <param name="Buckets">Number of buckets of its keys.</param>
public sealed record StoreSummary(string Name, string Application, IReadOnlyList<string> Functions, string Kind, int Buckets)
{
    /// <summary>Whether a key has a value for each of its windows.</summary>
    public bool IsWindowed => WindowedKind.Is(Kind);
}
