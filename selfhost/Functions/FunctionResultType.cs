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
}
