using System.Security.Cryptography;
using System.Text;
using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Tables;

/// <summary>Names of tables. Tables take letters and digits only and ignore case, so '-' becomes 0, and 0 and q, which then stand
/// for something, follow a q: no two stores meet in a table, and most names stay readable. What gets too long that way ends in q1
/// and a hash instead; <see cref="TableLayout"/> keeps the name. A stored format.</summary>
internal static class TableNames
{
    private const char Hyphen = '0';
    private const char Quote = 'q';
    private const string HashMark = "q1";
    private const int HashBytes = 10;

    public static string Encode(string prefix, string store)
    {
        var text = new StringBuilder(prefix);
        foreach (var c in store)
        {
            _ = c switch
            {
                '-' => text.Append(Hyphen),
                Hyphen or Quote => text.Append(Quote).Append(c),
                _ => text.Append(c),
            };
        }

        return text.Length <= TableLimits.MaxTableNameLength ? text.ToString() : Shorten(text.ToString(), store);
    }

    /// <summary>The store's name. Null where no store has such a table, and where it has a hash for a name.</summary>
    /// <param name="prefix">What the table's name begins with.</param>
    /// <param name="table">The table's name.</param>
    /// <param name="hashed">Whether the name is a hash.</param>
    public static string? Decode(string prefix, string table, out bool hashed)
    {
        hashed = false;
        var text = new StringBuilder();
        for (var i = prefix.Length; i < table.Length; i++)
        {
            if (table[i] == Hyphen)
            {
                text.Append('-');
            }
            else if (table[i] != Quote)
            {
                text.Append(table[i]);
            }
            else if (i + 1 < table.Length && table[i + 1] is Hyphen or Quote)
            {
                text.Append(table[++i]);
            }
            else
            {
                hashed = table.AsSpan(i).StartsWith(HashMark, StringComparison.Ordinal);
                return null;
            }
        }

        var store = text.ToString();
        return IsName(store) && Encode(prefix, store) == table ? store : null;
    }

    private static string Shorten(string text, string store)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(store)).AsSpan(0, HashBytes));
        // A quote must not lose its second character, or the hash's mark would be read as one.
        var start = text[..(TableLimits.MaxTableNameLength - HashMark.Length - hash.Length)];
        return start.TrimEnd(Quote) + HashMark + hash;
    }

    private static bool IsName(string store)
    {
        try
        {
            StateRules.CheckName(store);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
