using KafkaFunctions.Streams;

namespace KafkaFunctions.Worker.Outputs;

/// <summary>A record of the batch asked to be tried again later. Nothing was published; the host runs the batch again.</summary>
public sealed class BatchRetryException : KafkaFunctionsException
{
    /// <summary>Creates the exception.</summary>
    public BatchRetryException(string function, Exception? innerException)
        : base($"{function} asked for its batch to be run again: {innerException?.Message}", innerException) => Function = function;

    /// <summary>The function.</summary>
    public string Function { get; }
}
