using System.Globalization;
using KafkaFunctions.Streams;

namespace KafkaFunctions.Testing;

/// <summary>A function has failed in a way that no further delivery mends: the host would run it again for ever.</summary>
public sealed class FunctionFailedException : KafkaFunctionsException
{
    internal FunctionFailedException(string function, string partition, long first, long last, Exception error)
        : base(string.Create(CultureInfo.InvariantCulture, $"{function} fails on offsets {first} to {last} of {partition}: {error.Message}"), error) =>
        Function = function;

    internal FunctionFailedException(string function, Exception error)
        : base($"{function} fails: {error.Message}", error) => Function = function;

    /// <summary>The function's name.</summary>
    public string Function { get; }
}
