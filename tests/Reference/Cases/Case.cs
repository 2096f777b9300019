using KafkaFunctions.Reference.Specifications;

namespace KafkaFunctions.Reference.Cases;

/// <summary>An operator and the records it gets. Its text (<see cref="CaseText"/>) replays it.</summary>
public sealed record Case(Specification Specification, IReadOnlyList<InputRecord> Records)
{
    public override string ToString() => CaseText.Write(this);
}
