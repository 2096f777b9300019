using KafkaFunctions.SelfHost.Functions;

namespace Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

/// <summary>What the worker tells the host about a function.</summary>
public class DefaultFunctionMetadata : IFunctionMetadata
{
    /// <inheritdoc/>
    public string? FunctionId => StableFunctionId.Of(Name, ScriptFile, EntryPoint);

    /// <inheritdoc/>
    public bool IsProxy { get; set; }

    /// <inheritdoc/>
    public string? Language { get; set; }

    /// <inheritdoc/>
    public bool ManagedDependencyEnabled { get; set; }

    /// <inheritdoc/>
    public string? Name { get; set; }

    /// <inheritdoc/>
    public string? EntryPoint { get; set; }

    /// <inheritdoc/>
#pragma warning disable CA2227 // Writable in the real package.
    public IList<string>? RawBindings { get; set; }
#pragma warning restore CA2227

    /// <inheritdoc/>
    public string? ScriptFile { get; set; }

    /// <inheritdoc/>
    public IRetryOptions? Retry { get; set; }
}
