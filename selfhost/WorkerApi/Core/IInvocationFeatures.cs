namespace Microsoft.Azure.Functions.Worker;

/// <summary>An invocation's features by type.</summary>
public interface IInvocationFeatures : IEnumerable<KeyValuePair<Type, object>>
{
    /// <summary>Sets a feature.</summary>
    /// <typeparam name="T">The type that it is found by.</typeparam>
    /// <param name="instance">The feature.</param>
    void Set<T>(T instance);

    /// <summary>Finds a feature; null where it is not set.</summary>
    /// <typeparam name="T">The type that it was set by.</typeparam>
    T? Get<T>();
}
