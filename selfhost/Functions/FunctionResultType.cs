using System.Reflection;

namespace KafkaFunctions.SelfHost.Functions;

/// <summary>What a function's method returns, taken out of its task.</summary>
internal static class FunctionResultType
{
    /// <summary>The type; null for nothing.</summary>
    public static Type? Of(MethodInfo method)
    {
        var type = method.ReturnType;
        if (type == typeof(void) || type == typeof(Task) || type == typeof(ValueTask))
        {
            return null;
        }

        return type.IsGenericType && type.GetGenericTypeDefinition() is var open && (open == typeof(Task<>) || open == typeof(ValueTask<>))
            ? type.GetGenericArguments()[0]
            : type;
    }

    /// <summary>The properties on which the worker's SDK looks for outputs: those that the returned type itself declares, behind a
    /// <see cref="Task{TResult}"/> or bare.</summary>
    public static IEnumerable<PropertyInfo> OutputPropertiesOf(MethodInfo method) =>
        IsInValueTask(method) ? [] : Of(method)?.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly) ?? [];

    /// <summary>Whether the result is behind a <see cref="ValueTask{TResult}"/>, where the SDK does not look for outputs.</summary>
    public static bool IsInValueTask(MethodInfo method) =>
        method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(ValueTask<>);
}
