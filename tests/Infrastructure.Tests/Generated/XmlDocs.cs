using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace KafkaFunctions.Infrastructure.Tests.Generated;

/// <summary>What the documentation comments of the code say.</summary>
internal static partial class XmlDocs
{
    public static string SummaryOf(PropertyInfo property) => Find(property.DeclaringType!.Assembly, $"P:{property.DeclaringType.FullName}.{property.Name}");

    public static string SummaryOf(Type type) => Find(type.Assembly, $"T:{type.FullName}");

    private static string Find(Assembly assembly, string member)
    {
        // Not cached: read a few dozen times in all.
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        if (XDocument.Load(file).Descendants("member").FirstOrDefault(entry => (string?)entry.Attribute("name") == member)?.Element("summary") is not { } summary)
        {
            return "Not documented.";
        }

        foreach (var reference in summary.Descendants("see").ToList())
        {
            reference.ReplaceWith(((string?)reference.Attribute("cref"))?.Split('.')[^1] ?? "");
        }

        return Blanks().Replace(summary.Value, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
