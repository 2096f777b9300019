namespace KafkaFunctions.Streams.Serialization;

/// <summary>The data itself is wrong: bytes that cannot be read, or a value that cannot be written. Trying again does not help,
/// so a record that raises it, in a serde or in a function's own code, is poison at once.</summary>
public sealed class SerializationException : KafkaFunctionsException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was expected, what was found, and where.</param>
    /// <param name="line">Line where reading stopped, from 1; null where the data has no lines.</param>
    /// <param name="column">Position in the line where reading stopped, in bytes from 1; null where it is not known.</param>
    /// <param name="innerException">The parser's own error.</param>
    public SerializationException(string message, long? line = null, long? column = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Line = line;
        Column = column;
    }

    /// <summary>Line where reading stopped, from 1; null where the data has no lines.</summary>
    public long? Line { get; }

    /// <summary>Position in the line where reading stopped, in bytes from 1; null where it is not known.</summary>
    public long? Column { get; }
}
