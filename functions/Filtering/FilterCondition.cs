using System.Text;
using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.App.Filtering;

/// <summary>The text that <see cref="FilterEvents"/> looks for: the setting <c>FilterCondition</c>. Safe for concurrent use.</summary>
public sealed class FilterCondition
{
    /// <summary>The setting's name.</summary>
    public const string Setting = "FilterCondition";

    private readonly byte[] _text;

    /// <summary>Creates the condition from the app's settings.</summary>
    public FilterCondition(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        _text = Encoding.UTF8.GetBytes(configuration[Setting] ?? "");
    }

    /// <summary>Whether a value contains the text, byte by byte in UTF-8. Every value contains an empty one; a tombstone none.</summary>
    public bool IsMetBy(byte[]? value) => value is not null && value.AsSpan().IndexOf(_text) >= 0;
}
