using System.Globalization;
using KafkaFunctions.Reference.Cases;

namespace KafkaFunctions.Reference.Windows;

/// <summary>A session, both ends inclusive.</summary>
internal sealed record Session(string Key, long Start, long End, long Value)
{
    /// <summary>Whether its final result was emitted.</summary>
    public bool IsClosed { get; init; }

    public Update Update => new(Key, Start, End, Value.ToString(CultureInfo.InvariantCulture), End);

    public Update Tombstone => new(Key, Start, End, null, End);
}
