namespace KafkaFunctions.App.Advertising;

/// <summary>An impression, and whether it was clicked.</summary>
internal sealed record ImpressionOutcome(string Campaign, string? Page, string? Visitor, bool Clicked, string? Target)
{
    public static ImpressionOutcome Of(Impression impression, Click? click) =>
        new(impression.Campaign, impression.Page, impression.Visitor, click is not null, click?.Target);
}
