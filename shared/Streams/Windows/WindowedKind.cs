namespace KafkaFunctions.Streams.Windows;

/// <summary>The kinds of windowed aggregations, as their stores know them. A stored format: readers tell by it whether a key's value is
/// that of its windows.</summary>
internal static class WindowedKind
{
    private const string By = " by ";

    /// <summary>The kind of an aggregation.</summary>
    /// <param name="aggregation">What is done, in a word.</param>
    /// <param name="windows">Over which windows.</param>
    public static string Of(string aggregation, FormattableString windows) => aggregation + By + FormattableString.Invariant(windows);

    /// <summary>Whether a kind is that of a windowed aggregation.</summary>
    public static bool Is(string kind) => kind.Contains(By, StringComparison.Ordinal);
}
