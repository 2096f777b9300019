namespace Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

/// <summary>What the worker tells the host about a function.</summary>
public interface IFunctionMetadata
{
    /// <summary>The function's id.</summary>
    string? FunctionId { get; }

    /// <summary>Whether it is a proxy.</summary>
    bool IsProxy { get; }

    /// <summary>Its language.</summary>
    string? Language { get; }

    /// <summary>Whether dependencies are managed by the host.</summary>
    bool ManagedDependencyEnabled { get; }

    /// <summary>Its name.</summary>
    string? Name { get; }

    /// <summary>Full name of the type and the method.</summary>
    string? EntryPoint { get; }

    /// <summary>Its bindings, each one JSON object.</summary>
    IList<string>? RawBindings { get; }

    /// <summary>File of the assembly.</summary>
    string? ScriptFile { get; }

    /// <summary>How a failed invocation runs again; null for not at all.</summary>
    IRetryOptions? Retry { get; }
}
