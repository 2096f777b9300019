using KafkaFunctions.Streams;

namespace KafkaFunctions.App.WebAnalytics;

/// <summary>A line is not of the Common or the Combined Log Format.</summary>
public sealed class LogLineFormatException : KafkaFunctionsException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="column">Where reading stopped: 1 for the line's first byte.</param>
    /// <param name="expected">What should have stood there.</param>
    public LogLineFormatException(int column, string expected)
        : base($"Not an access log line: column {column}: expected {expected}. Send lines of the Common or Combined Log Format.")
    {
        Column = column;
        Expected = expected;
    }

    /// <summary>Where reading stopped, in bytes: 1 for the line's first byte, its length + 1 for its end.</summary>
    public int Column { get; }

    /// <summary>What should have stood there.</summary>
    public string Expected { get; }
}
