using KafkaFunctions.Reference.Cases;

namespace KafkaFunctions.Reference.Windows;

/// <summary>An update that is held.</summary>
/// <param name="Since">Time of the first update of its window that was held.</param>
/// <param name="Latest">The latest one.</param>
internal sealed record HeldResult(long Since, Update Latest)
{
    public bool IsOf(Update update) => (Latest.Key, Latest.Start, Latest.End) == (update.Key, update.Start, update.End);
}
