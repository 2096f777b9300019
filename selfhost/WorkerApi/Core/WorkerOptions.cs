namespace Microsoft.Azure.Functions.Worker;

/// <summary>What the worker tells the Functions host of itself.</summary>
public class WorkerOptions
{
    /// <summary>What it can do, by the names that the Functions host knows. The self-host asks for none.</summary>
    public IDictionary<string, string> Capabilities { get; } = new Dictionary<string, string>();
}
