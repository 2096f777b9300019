namespace KafkaFunctions.Monitoring.Tests.Queries;

/// <summary>A metric that a query reads, with the conditions on its labels.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Conditions">As written, without braces; empty for none.</param>
internal readonly record struct Selector(string Metric, string Conditions)
{
    /// <summary>As a query of its own.</summary>
    public override string ToString() => Conditions.Length == 0 ? Metric : $"{Metric}{{{Conditions}}}";
}
