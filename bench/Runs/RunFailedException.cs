namespace KafkaFunctions.Bench.Runs;

/// <summary>A run cannot go on, or has shown that a promise is broken.</summary>
internal sealed class RunFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
