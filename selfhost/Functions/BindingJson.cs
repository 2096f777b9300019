using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace KafkaFunctions.SelfHost.Functions;

/// <summary>Writes a binding's metadata as the worker's SDK does at build: only what the attribute's user wrote, enum values by
/// name, names in camel case.</summary>
internal static class BindingJson
{
    private static readonly string[] AttributeSuffixes = ["Attribute", "Output"];

    /// <summary>The metadata of an attribute on a parameter, method or property.</summary>
    /// <param name="name">The parameter's or property's name, or <c>$return</c>.</param>
    /// <param name="attribute">The attribute as it was written.</param>
    /// <param name="parameterType">Type of the parameter; null for an output.</param>
    public static JsonObject Of(string name, CustomAttributeData attribute, Type? parameterType)
    {
        var isOutput = typeof(OutputBindingAttribute).IsAssignableFrom(attribute.AttributeType);
        var json = new JsonObject
        {
            ["name"] = name,
            ["direction"] = isOutput ? "Out" : "In",
            ["type"] = TypeName(attribute.AttributeType),
        };
        var parameters = attribute.Constructor.GetParameters();
        for (var i = 0; i < parameters.Length; i++)
        {
            json[parameters[i].Name!] = Value(attribute.ConstructorArguments[i]);
        }

        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.MemberName != nameof(KafkaTriggerAttribute.IsBatched) && argument.TypedValue.Value is not null)
            {
                json[Camel(argument.MemberName)] = Value(argument.TypedValue);
            }
        }

        if (parameterType is not null)
        {
            AddDataShape(json, attribute, parameterType);
        }

        json["properties"] = SupportsDeferredBinding(attribute, parameterType)
            ? new JsonObject { ["supportsDeferredBinding"] = "True" }
            : new JsonObject();
        return json;
    }

    /// <summary>The metadata of an HTTP response.</summary>
    public static JsonObject HttpOutput(string name) => new() { ["name"] = name, ["type"] = BindingTypes.Http, ["direction"] = "Out" };

    private static string TypeName(Type attribute)
    {
        var name = attribute.Name;
        foreach (var suffix in AttributeSuffixes)
        {
            name = name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;
        }

        return Camel(name);
    }

    private static void AddDataShape(JsonObject json, CustomAttributeData attribute, Type parameterType)
    {
        var element = parameterType;
        if (typeof(ISupportCardinality).IsAssignableFrom(attribute.AttributeType))
        {
            var many = attribute.NamedArguments.Any(argument =>
                argument.MemberName == nameof(KafkaTriggerAttribute.IsBatched) && argument.TypedValue.Value is true);
            json["cardinality"] = many ? nameof(Cardinality.Many) : nameof(Cardinality.One);
            element = many ? ElementType(parameterType) : parameterType;
        }

        if (element == typeof(string))
        {
            json["dataType"] = "String";
        }
        else if (element == typeof(byte[]) || element == typeof(ReadOnlyMemory<byte>))
        {
            json["dataType"] = "Binary";
        }
    }

    private static Type ElementType(Type type) =>
        type.IsArray ? type.GetElementType()!
        : type.IsGenericType ? type.GetGenericArguments()[0]
        : type;

    private static bool SupportsDeferredBinding(CustomAttributeData attribute, Type? parameterType) =>
        attribute.AttributeType == typeof(KafkaTriggerAttribute) && (parameterType == typeof(KafkaRecord) || parameterType == typeof(KafkaRecord[]));

    private static JsonNode? Value(CustomAttributeTypedArgument argument) => argument switch
    {
        { ArgumentType.IsEnum: true } => Enum.GetName(argument.ArgumentType, argument.Value!),
        { Value: IReadOnlyCollection<CustomAttributeTypedArgument> list } => new JsonArray([.. list.Select(item => (JsonNode?)item.Value?.ToString())]),

        // The last case serves these, too, but by reflection, at every start (bench restore).
        { Value: string text } => JsonValue.Create(text),
        { Value: bool flag } => JsonValue.Create(flag),
        { Value: int number } => JsonValue.Create(number),
        _ => JsonValue.Create(argument.Value),
    };

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
