namespace KafkaFunctions.Streams.Windows;

/// <summary>The key of a windowed result.</summary>
/// <typeparam name="TKey">Type of the records' keys.</typeparam>
/// <param name="Key">The records' key.</param>
/// <param name="Window">The window.</param>
public readonly record struct Windowed<TKey>(TKey Key, Window Window);
