using KafkaFunctions.Streams;

namespace KafkaFunctions.Tables;

/// <summary>The settings that say where state is kept are wrong. Holds every error found, not only the first, and no secrets.</summary>
/// <param name="errors">For each the setting and what is allowed.</param>
public sealed class StateSettingsException(IReadOnlyList<string> errors) : KafkaFunctionsException(string.Join(Environment.NewLine, errors), null)
{
    /// <summary>The errors, one per wrong setting.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;
}
