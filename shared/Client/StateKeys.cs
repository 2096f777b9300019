namespace KafkaFunctions.Client;

/// <summary>Which keys of a store are listed; they are compared byte by byte. Immutable.</summary>
public sealed record StateKeys
{
    /// <summary>All keys.</summary>
    public static StateKeys All { get; } = new();

    /// <summary>What the keys begin with; null (default) for anything. Not where keys are numbers.</summary>
    public string? Prefix { get; init; }

    /// <summary>The first key; null (default) from the beginning.</summary>
    public string? From { get; init; }

    /// <summary>The last key, itself included; null (default) to the end.</summary>
    public string? To { get; init; }

    /// <summary>Entries that are asked for at a time. Default 100; the app gives 1,000 at most.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>The keys that begin with <paramref name="prefix"/>.</summary>
    public static StateKeys WithPrefix(string prefix) => new() { Prefix = prefix };

    /// <summary>The keys from <paramref name="from"/> to <paramref name="to"/>, both included.</summary>
    public static StateKeys Between(string? from, string? to) => new() { From = from, To = to };
}
