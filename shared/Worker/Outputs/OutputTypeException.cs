using KafkaFunctions.Streams;

namespace KafkaFunctions.Worker.Outputs;

/// <summary>A function's Kafka output is of a type that the platform does not publish.</summary>
public sealed class OutputTypeException : KafkaFunctionsException
{
    /// <summary>Creates the exception.</summary>
    public OutputTypeException(string function, string binding, Type type)
        : base($"Output '{binding}' of {function} is a {type}. Return OutputRecord, OutputRecord[] or null from a function with [KafkaOutput].")
    {
        Function = function;
        Binding = binding;
    }

    /// <summary>The function.</summary>
    public string Function { get; }

    /// <summary>The binding: <c>$return</c> or a property of the returned type.</summary>
    public string Binding { get; }
}
