using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.SelfHost.Functions;

/// <summary>One binding of a function, as its metadata has it.</summary>
internal sealed class BindingDescriptor : BindingMetadata
{
    private readonly JsonObject _json;

    private BindingDescriptor(JsonObject json)
    {
        _json = json;
        Name = GetString("name") ?? throw new JsonException("a binding has no name");
        Type = GetString("type") ?? throw new JsonException($"binding '{Name}' has no type");
        Direction = string.Equals(GetString("direction"), nameof(BindingDirection.Out), StringComparison.OrdinalIgnoreCase)
            ? BindingDirection.Out
            : BindingDirection.In;
    }

    public override string Name { get; }

    public override string Type { get; }

    public override BindingDirection Direction { get; }

    public bool IsTrigger => Direction == BindingDirection.In && Type.EndsWith(BindingTypes.TriggerSuffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it delivers a batch.</summary>
    public bool IsBatched => string.Equals(GetString("cardinality"), "Many", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="JsonException">The text is not a binding.</exception>
    public static BindingDescriptor Parse(string json) =>
        JsonNode.Parse(json, new JsonNodeOptions { PropertyNameCaseInsensitive = true }) is JsonObject binding
            ? new BindingDescriptor(binding)
            : throw new JsonException("a binding must be a JSON object");

    public bool IsOfType(string type) => Type.Equals(type, StringComparison.OrdinalIgnoreCase);

    /// <summary>A property as text (enum values are names); null where it was not written. Settings are not resolved.</summary>
    public string? GetString(string property) => _json[property] is JsonValue value ? value.ToString() : null;

    /// <summary>A property that is true or false; null where it was not written.</summary>
    public bool? GetBoolean(string property) => bool.TryParse(GetString(property), out var value) ? value : null;

    /// <summary>A property that is a list of texts; null where it was not written.</summary>
    public string[]? GetStrings(string property) =>
        _json[property] is JsonArray list ? [.. list.Select(item => item?.ToString() ?? "")] : null;

    /// <summary>Every property that is a text, with its name.</summary>
    public IEnumerable<(string Name, string Text)> Texts =>
        from property in _json
        where property.Value?.GetValueKind() == JsonValueKind.String
        select (property.Key, property.Value!.GetValue<string>());

    /// <summary>A copy of the whole, for display.</summary>
    public JsonNode ToJson() => _json.DeepClone();
}
