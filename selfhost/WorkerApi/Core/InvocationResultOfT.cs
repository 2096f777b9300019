namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a function returned.</summary>
/// <typeparam name="T">Its type.</typeparam>
public abstract class InvocationResult<T>
{
    /// <summary>What was returned. Setting it replaces it.</summary>
    public abstract T? Value { get; set; }
}
