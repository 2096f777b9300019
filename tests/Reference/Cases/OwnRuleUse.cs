namespace KafkaFunctions.Reference.Cases;

/// <summary>Where a result depends on a rule of the project's own.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Input">Index of the record in the case.</param>
/// <param name="Key">The key.</param>
public sealed record OwnRuleUse(OwnRule Rule, int Input, string? Key);
