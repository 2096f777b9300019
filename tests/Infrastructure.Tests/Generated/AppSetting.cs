using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using static KafkaFunctions.Infrastructure.Tests.Generated.BicepText;

namespace KafkaFunctions.Infrastructure.Tests.Generated;

/// <summary>A setting with what may be in it.</summary>
/// <param name="Name">As in the environment: <c>Kafka__Partitions</c>.</param>
/// <param name="Type">The value's type.</param>
/// <param name="Range">Its bounds; null for none.</param>
/// <param name="Summary">What it is.</param>
internal sealed record AppSetting(string Name, Type Type, RangeAttribute? Range, string Summary)
{
    public static AppSetting Of(string section, PropertyInfo property) => new(
        $"{section.Replace(":", "__", StringComparison.Ordinal)}__{property.Name}",
        Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType,
        property.GetCustomAttribute<RangeAttribute>(),
        XmlDocs.SummaryOf(property));

    /// <summary>The setting as a property of a Bicep type. Times, and numbers that are not whole, are texts there.</summary>
    public string ToBicep()
    {
        var bounds = Type == typeof(int) && Range is not null
            ? $"\n  @minValue({Bound(Range.Minimum)})\n  @maxValue({Bound(Range.Maximum)})"
            : "";
        return $"  @description({Quote(Summary)}){bounds}\n  {Name}: {TypeText()}?";
    }

    private static string Bound(object bound) => Convert.ToString(bound, CultureInfo.InvariantCulture)!;

    private string TypeText() =>
        Type == typeof(bool) ? "bool"
        : Type == typeof(int) || Type == typeof(long) ? "int"
        : Type.IsEnum ? $"({string.Join(" | ", Enum.GetNames(Type).Select(Quote))})"
        : "string";
}
