namespace KafkaFunctions.SelfHost.Settings;

/// <summary>Guesses what a misspelt name was meant to be.</summary>
internal static class NearestName
{
    // How many letters a name must have for each that may be wrong: fewer would take other names for misspelt ones.
    private const int LettersPerSlip = 5;
    private const int MostSlips = 3;

    /// <summary>The candidate that takes the fewest edits; case does not count.</summary>
    public static string Of(string name, IEnumerable<string> candidates) =>
        candidates.MinBy(candidate => Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant()))!;

    /// <summary>The candidate that was most likely meant; null where none is near enough.</summary>
    public static string? Meant(string name, IReadOnlyCollection<string> candidates) =>
        candidates.Count > 0 && Of(name, candidates) is var nearest && Distance(name.ToUpperInvariant(), nearest.ToUpperInvariant()) is > 0 and var distance
            && distance <= Math.Clamp(nearest.Length / LettersPerSlip, 1, MostSlips)
            ? nearest
            : null;

    // Levenshtein distance, one row at a time.
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
