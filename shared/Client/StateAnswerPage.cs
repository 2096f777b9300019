namespace KafkaFunctions.Client;

/// <summary>A page of a listing as the app writes it. A property is never renamed.</summary>
internal sealed record StateAnswerPage(IReadOnlyList<StateAnswer> Entries, string? Continuation);
