using System.Globalization;
using System.Text;
using KafkaFunctions.Reference.Specifications;

namespace KafkaFunctions.Reference.Cases;

/// <summary>The text of a case: one line for the operator, one per record; fields separated by tabs. A failing test prints it, and
/// <see cref="Parse"/> reads it, with blanks for tabs, too.</summary>
public static class CaseText
{
    /// <summary>The text of a null.</summary>
    public const string Null = "~";

    public static string Write(Case testCase)
    {
        var text = new StringBuilder("case\t").Append(testCase.Specification.Kind);
        foreach (var (name, value) in testCase.Specification.Settings)
        {
            text.Append(CultureInfo.InvariantCulture, $"\t{name}={value}");
        }

        foreach (var record in testCase.Records)
        {
            var value = record.Value?.ToString(CultureInfo.InvariantCulture) ?? Null;
            text.Append(CultureInfo.InvariantCulture, $"\nrecord\t{record.Side}\t{record.Key ?? Null}\t{value}\t{record.Timestamp}\t{record.Partition}");
        }

        return text.ToString();
    }

    /// <exception cref="FormatException">It is no case's text.</exception>
    public static Case Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Fields).ToArray();
        if (lines.Length == 0 || lines[0] is not ["case", var kind, .. var settings])
        {
            throw new FormatException("A case begins with a line 'case KIND name=value ...'.");
        }

        return new Case(SpecificationText.Parse(kind, settings), [.. lines.Skip(1).Select((fields, offset) => Record(fields, offset))]);
    }

    private static string[] Fields(string line) => line.Split(['\t', ' '], StringSplitOptions.RemoveEmptyEntries);

    private static InputRecord Record(string[] fields, long offset) => fields is ["record", var side, var key, var value, var timestamp, .. var partition]
        ? new InputRecord(
            Enum.Parse<Side>(side),
            partition.Length == 0 ? 0 : int.Parse(partition[0], CultureInfo.InvariantCulture),
            offset,
            key == Null ? null : key,
            value == Null ? null : long.Parse(value, CultureInfo.InvariantCulture),
            long.Parse(timestamp, CultureInfo.InvariantCulture))
        : throw new FormatException($"'{string.Join(' ', fields)}' is no line 'record SIDE KEY VALUE TIMESTAMP [PARTITION]'.");
}
