namespace KafkaFunctions.Streams.Windows;

/// <summary>Until when results are held back. Immutable.</summary>
public sealed class Suppressed
{
    private Suppressed()
    {
    }

    private static Suppressed WindowCloses { get; } = new();

    /// <summary>Until their window closes: one result per window, the last one. What is held back is in the store: there is no buffer
    /// to overflow.</summary>
    public static Suppressed UntilWindowCloses() => WindowCloses;
}
