namespace KafkaFunctions.Client;

/// <summary>What a store has for a key.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
/// <param name="Key">The key as text: numbers as decimals; base64 where <see cref="IsKeyBase64"/> says so.</param>
/// <param name="Value">The value.</param>
/// <param name="Version">Grows with every change of the value.</param>
/// <param name="Timestamp">The value's event time; null where it has none.</param>
public sealed record StateValue<T>(string Key, T Value, long Version, DateTimeOffset? Timestamp)
{
    /// <summary>Whether the key is not text, and <see cref="Key"/> its bytes in base64.</summary>
    public bool IsKeyBase64 { get; init; }

    /// <summary>The window that the value is of; null where the store has none.</summary>
    public StateWindow? Window { get; init; }
}
