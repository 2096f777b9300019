using KafkaFunctions.Reference.Cases;

namespace KafkaFunctions.Reference;

/// <summary>What one record causes.</summary>
internal sealed class Step(int input)
{
    public int Input => input;

    public List<Update> Updates { get; } = [];

    public List<LateWindow> Late { get; } = [];

    public List<OwnRuleUse> OwnRules { get; } = [];

    public bool IsDropped { get; private set; }

    public void Emit(Update update) => Updates.Add(update);

    public void Emit(IEnumerable<Update> updates) => Updates.AddRange(updates);

    /// <summary>Takes what another step has dropped, and where it depends on own rules.</summary>
    public void TakeAllButUpdates(Step other)
    {
        Late.AddRange(other.Late);
        OwnRules.AddRange(other.OwnRules);
        IsDropped |= other.IsDropped;
    }

    public void Drop() => IsDropped = true;

    public void Uses(OwnRule rule, string? key) => OwnRules.Add(new OwnRuleUse(rule, input, key));

    public void DropLate(long start, long end, long closeTime) => Late.Add(new LateWindow(input, start, end, closeTime - end));
}
