using KafkaFunctions.Reference.Cases;

namespace KafkaFunctions.Reference;

/// <summary>What one record causes.</summary>
internal sealed class Step(int input)
{
    public List<Update> Updates { get; } = [];

    public List<LateWindow> Late { get; } = [];

    public List<OwnRuleUse> OwnRules { get; } = [];

    public bool IsDropped { get; private set; }

    public void Emit(Update update) => Updates.Add(update);

    public void Emit(IEnumerable<Update> updates) => Updates.AddRange(updates);

    public void Drop() => IsDropped = true;

    public void Uses(OwnRule rule, string? key) => OwnRules.Add(new OwnRuleUse(rule, input, key));

    public void DropLate(long start, long end, long closeTime) => Late.Add(new LateWindow(input, start, end, closeTime - end));
}
