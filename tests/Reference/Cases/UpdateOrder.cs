namespace KafkaFunctions.Reference.Cases;

/// <summary>The order of windows: start, then key, byte by byte.</summary>
public static class UpdateOrder
{
    public static IReadOnlyList<Update> ByWindow(IEnumerable<Update> updates) =>
        [.. updates.OrderBy(update => update.Start).ThenBy(update => update.Key, StringComparer.Ordinal).ThenBy(update => update.End)];

    /// <summary>A full order, for what has none.</summary>
    public static IReadOnlyList<Update> ByEverything(IEnumerable<Update> updates) =>
        [.. ByWindow(updates.OrderBy(update => update.Timestamp).ThenBy(update => update.Value, StringComparer.Ordinal))];
}
