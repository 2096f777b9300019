namespace KafkaFunctions.Bench.Accounting;

/// <summary>Figures of an audit.</summary>
/// <param name="Duplicates">Copies found in all output topics.</param>
/// <param name="MostRewinds">The most often that one source partition was taken up again at an earlier offset.</param>
internal sealed record AuditResult(long Duplicates, long MostRewinds);
