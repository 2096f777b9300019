namespace KafkaFunctions.Streams;

/// <summary>Base of every exception that this library raises on purpose: what went wrong, for which thing, and what to do.</summary>
public abstract class KafkaFunctionsException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened, for which thing, and how to mend it.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    protected KafkaFunctionsException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
