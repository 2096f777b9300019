namespace KafkaFunctions.Supply;

/// <summary>Something about the packages is wrong; each problem names the fix.</summary>
public sealed class SupplyException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>What is wrong, a line each.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
