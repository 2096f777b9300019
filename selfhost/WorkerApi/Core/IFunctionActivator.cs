namespace Microsoft.Azure.Functions.Worker;

/// <summary>Makes the object that a function's method is called on.</summary>
public interface IFunctionActivator
{
    /// <summary>Makes the object for one invocation.</summary>
    /// <param name="instanceType">The class.</param>
    /// <param name="context">The invocation.</param>
    object? CreateInstance(Type instanceType, FunctionContext context);
}
