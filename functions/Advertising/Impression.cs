using System.Text.Json.Serialization;

namespace KafkaFunctions.App.Advertising;

/// <summary>An advertisement that was shown.</summary>
/// <param name="Campaign">The campaign that it is of.</param>
/// <param name="Page">Where it was shown.</param>
/// <param name="Visitor">Who saw it; null where that is not known.</param>
internal sealed record Impression([property: JsonRequired] string Campaign, string? Page, string? Visitor);
