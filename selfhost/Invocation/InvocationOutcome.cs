using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.SelfHost.Invocation;

/// <summary>What an invocation has produced so far: a feature that middleware reads and changes through the context.</summary>
internal sealed class InvocationOutcome
{
    /// <summary>What the function returned; null once its properties went to <see cref="Outputs"/>.</summary>
    public object? Result { get; set; }

    /// <summary>Values of outputs by the output's name.</summary>
    public Dictionary<string, object?> Outputs { get; } = new(StringComparer.Ordinal);

    /// <summary>The outcome of an invocation.</summary>
    public static InvocationOutcome Of(FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<InvocationOutcome>()
            ?? throw new InvalidOperationException("This context was not made by the host, so it has no results and outputs.");
    }
}
