namespace KafkaFunctions.App.Advertising;

/// <summary>A click on an advertisement.</summary>
/// <param name="Target">Where it led; null where that is not known.</param>
internal sealed record Click(string? Target);
