using System.CommandLine.Parsing;
using System.Globalization;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.SelfHost.CommandLine.Usage;

/// <summary>Reads arguments' values; what is wrong with one is said in terms of what to write instead.</summary>
internal static class ArgumentValues
{
    private const string Forever = "forever";

    private static readonly Dictionary<string, TimeSpan> DurationUnits = new(StringComparer.Ordinal)
    {
        ["ms"] = TimeSpan.FromMilliseconds(1),
        ["s"] = TimeSpan.FromSeconds(1),
        ["m"] = TimeSpan.FromMinutes(1),
        ["h"] = TimeSpan.FromHours(1),
        ["d"] = TimeSpan.FromDays(1),
    };

    /// <summary>A whole number within bounds.</summary>
    public static Func<ArgumentResult, long?> WholeNumber(long min, long max) => result =>
    {
        var text = result.Tokens[0].Value;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }

        var range = max == long.MaxValue || max == int.MaxValue ? $"from {min}" : $"from {min} to {max}";
        result.AddError($"{Subject(result)} takes a whole number {range}, not '{text}'.");
        return null;
    };

    /// <summary>A number of at least 0.</summary>
    public static double? Rate(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        result.AddError($"{Subject(result)} takes records per second (0: as fast as possible), not '{text}'.");
        return null;
    }

    /// <summary>A duration with its unit, or <c>forever</c>.</summary>
    public static TimeSpan? Duration(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text == Forever)
        {
            return Timeout.InfiniteTimeSpan;
        }

        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        if (int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0
            && DurationUnits.TryGetValue(text[digits..], out var unit)
            && number <= TimeSpan.MaxValue / unit)
        {
            return number * unit;
        }

        result.AddError($"{Subject(result)} takes a duration such as 90s, 15m, 12h, 7d, or 'forever', not '{text}'.");
        return null;
    }

    /// <summary>Names separated by commas.</summary>
    public static string[] Names(ArgumentResult result)
    {
        var names = result.Tokens
            .SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToArray();
        if (names.Length == 0)
        {
            result.AddError($"{Subject(result)} takes names separated by commas, such as A,B.");
        }

        return names;
    }

    /// <summary>Text of at least one character.</summary>
    public static string? Text(ArgumentResult result)
    {
        if (result.Tokens[0].Value is { Length: > 0 } text)
        {
            return text;
        }

        result.AddError($"{Subject(result)} must not be empty.");
        return null;
    }

    /// <summary>A topic's name.</summary>
    public static string? Topic(ArgumentResult result)
    {
        var name = result.Tokens[0].Value;
        if (name.Length is > 0 and <= TopicSpecification.MaxNameLength
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
            && name is not ("." or ".."))
        {
            return name;
        }

        result.AddError(
            $"'{name}' is no name of a topic: 1 to {TopicSpecification.MaxNameLength} letters, digits, '.', '_' or '-', other than '.' and '..'.");
        return null;
    }

    private static string Subject(ArgumentResult result) =>
        result.Parent is OptionResult option ? option.Option.Name : result.Argument.Name;
}
