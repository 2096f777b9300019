using System.Reflection;

namespace KafkaFunctions.Worker;

/// <summary>How the platform is added to an app.</summary>
public sealed class KafkaFunctionsOptions
{
    /// <summary>The assembly with the app's functions. Default: the program's own.</summary>
    public Assembly? FunctionsAssembly { get; set; }

    /// <summary>Classes with the app's functions, in place of all of the assembly's.</summary>
    internal Func<Type[]>? FunctionTypes { get; set; }
}
