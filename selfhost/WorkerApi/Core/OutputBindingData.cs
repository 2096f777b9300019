namespace Microsoft.Azure.Functions.Worker;

/// <summary>What goes to one output.</summary>
/// <typeparam name="T">Its type.</typeparam>
public abstract class OutputBindingData<T>
{
    /// <summary>The output's type, such as <c>kafka</c>.</summary>
    public abstract string BindingType { get; }

    /// <summary>The output's name.</summary>
    public abstract string Name { get; }

    /// <summary>What goes there. Setting it replaces it.</summary>
    public abstract T? Value { get; set; }
}
