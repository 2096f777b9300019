using System.Text.Json;

namespace KafkaFunctions.App.ChangeData;

/// <summary>A value in a record's JSON. The default is a field that is not there.</summary>
/// <param name="Start">Its first byte, from the start of the record's key or value.</param>
/// <param name="End">The byte behind it.</param>
/// <param name="Type">Its first token.</param>
internal readonly record struct ChangePart(int Start, int End, JsonTokenType Type)
{
    /// <summary>Whether the field is there.</summary>
    public bool Exists => Type != JsonTokenType.None;

    /// <summary>Its bytes.</summary>
    public Range Range => Start..End;
}
