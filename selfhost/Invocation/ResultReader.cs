using System.Reflection;
using KafkaFunctions.SelfHost.Functions;

namespace KafkaFunctions.SelfHost.Invocation;

/// <summary>Takes a method's result out of its task. One delegate per function: no reflection per invocation.</summary>
internal static class ResultReader
{
    public static Func<object?, ValueTask<object?>> For(MethodInfo method)
    {
        var type = method.ReturnType;
        if (type == typeof(Task))
        {
            return FromTask;
        }

        if (type == typeof(ValueTask))
        {
            return FromValueTask;
        }

        if (FunctionResultType.Of(method) is not { } result || result == type)
        {
            return ValueTask.FromResult;
        }

        var name = type.GetGenericTypeDefinition() == typeof(Task<>) ? nameof(FromTaskOf) : nameof(FromValueTaskOf);
        return typeof(ResultReader).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(result)
            .CreateDelegate<Func<object?, ValueTask<object?>>>();
    }

    private static async ValueTask<object?> FromTask(object? task)
    {
        await ((Task)task!).ConfigureAwait(false);
        return null;
    }

    private static async ValueTask<object?> FromValueTask(object? task)
    {
        await ((ValueTask)task!).ConfigureAwait(false);
        return null;
    }

    private static async ValueTask<object?> FromTaskOf<T>(object? task) => await ((Task<T>)task!).ConfigureAwait(false);

    private static async ValueTask<object?> FromValueTaskOf<T>(object? task) => await ((ValueTask<T>)task!).ConfigureAwait(false);
}
