namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>Base of everything that binds a function to the outside.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class BindingAttribute : Attribute
{
    /// <summary>Creates the attribute.</summary>
#pragma warning disable CA1012 // Public in the real package.
    public BindingAttribute()
#pragma warning restore CA1012
    {
    }
}
