using KafkaFunctions.SelfHost.CommandLine.Usage;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Queries;
using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.SelfHost.CommandLine.State;

/// <summary>Finds a store by name: one of the app's, or any other of the storage, whose bytes are then of no known kind.</summary>
internal static class StoreLookup
{
    /// <exception cref="SelfHostException">There is no such store.</exception>
    public static async Task<StoreDefinition> FindAsync(StateReader reader, IStoreCatalog catalog, string name, CancellationToken cancellationToken)
    {
        if (catalog.Stores.FirstOrDefault(store => store.Definition.Name == name) is { } declared)
        {
            return declared.Definition;
        }

        var names = await reader.ListStoresAsync(cancellationToken);
        if (names.Contains(name))
        {
            var summary = await reader.DescribeAsync(name, cancellationToken);
            return new StoreDefinition(name, PayloadFormat.Bytes, PayloadFormat.Bytes) { IsWindowed = summary is { IsWindowed: true } };
        }

        List<string> all = [.. catalog.Stores.Select(store => store.Definition.Name).Concat(names).Distinct().Order(StringComparer.Ordinal)];
        var hint = all.Count == 0 ? "No function keeps state." : Suggestion.Nearest(name, all) is { } meant ? $"Did you mean '{meant}'?" : $"The stores are {string.Join(", ", all)}.";
        throw new SelfHostException($"There is no store '{name}'. {hint}");
    }

    /// <summary>Reads a key that somebody typed.</summary>
    /// <exception cref="SelfHostException">It is no key of the store.</exception>
    public static byte[] ReadKey(StoreDefinition store, string text) =>
        StateKeyText.TryParse(text, store.KeyFormat, out var key, out var problem) ? key : throw new SelfHostException(problem);

    /// <summary>Reads the start of a window that somebody typed.</summary>
    /// <exception cref="SelfHostException">It is no time, or the store has no windows.</exception>
    public static long? ReadTime(StoreDefinition store, string option, string? text) =>
        text is null ? null
        : !store.IsWindowed ? throw new SelfHostException($"The values of store '{store.Name}' are not by window. Leave {option} out.")
        : WindowTimeText.TryRead(text, out var time) ? time
        : throw new SelfHostException($"{option} is '{text}'. Write the start of a window as 2026-03-01T11:00:00Z, or in milliseconds since 1970-01-01 UTC.");
}
