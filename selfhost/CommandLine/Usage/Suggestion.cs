namespace KafkaFunctions.SelfHost.CommandLine.Usage;

/// <summary>Finds what somebody meant who mistyped a name.</summary>
internal static class Suggestion
{
    /// <summary>Two letters exchanged are two replacements.</summary>
    private const int TypingSlip = 2;

    /// <summary>The candidate nearest to a word; null where none is near enough to be meant.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        var nearest = candidates.Select(name => (Name: name, Distance: Distance(word, name))).DefaultIfEmpty().MinBy(pair => pair.Distance);
        return nearest.Name is not null && nearest.Distance <= Math.Max(TypingSlip, word.Length / 3) ? nearest.Name : null;
    }

    /// <summary>Levenshtein's distance: letters to insert, delete or replace.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 0; i < left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < right.Length; j++)
            {
                var replace = diagonal + (left[i] == right[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replace, Math.Min(row[j], row[j + 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
