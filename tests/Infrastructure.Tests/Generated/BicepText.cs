namespace KafkaFunctions.Infrastructure.Tests.Generated;

/// <summary>Pieces of Bicep.</summary>
internal static class BicepText
{
    public static string Quote(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal).Replace("${", "\\${", StringComparison.Ordinal)}'";

    public static string Array(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Quote))}]";

    /// <summary>A type of names, one a line.</summary>
    public static string Union(IEnumerable<string> texts) => string.Concat(texts.Select(text => $"\n  | {Quote(text)}"));
}
