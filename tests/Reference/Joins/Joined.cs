using System.Globalization;
using KafkaFunctions.Reference.Specifications;

namespace KafkaFunctions.Reference.Joins;

/// <summary>The text of a joined value: both values with a bar between, a missing one as a dash.</summary>
public static class Joined
{
    private const string Missing = "-";

    public static string Of(long? left, long? right) => Text(left) + "|" + Text(right);

    /// <summary>The result of two rows, or null where that kind of join has none.</summary>
    public static string? OfRows(JoinKind kind, long? left, long? right)
    {
        var exists = kind switch
        {
            JoinKind.Inner => left is not null && right is not null,
            JoinKind.Left => left is not null,
            _ => left is not null || right is not null,
        };
        return exists ? Of(left, right) : null;
    }

    private static string Text(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? Missing;
}
