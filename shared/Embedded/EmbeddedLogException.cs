using KafkaFunctions.Streams;

namespace KafkaFunctions.Embedded;

/// <summary>The embedded event log's files cannot be used: a full disk, a missing right, a file of another kind.
/// A write that meets it leaves nothing behind; writes go on by themselves once the cause is gone.</summary>
public sealed class EmbeddedLogException : KafkaFunctionsException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="dataDirectory">The directory that the setting <c>DataDirectory</c> names.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="fix">What to do about it.</param>
    /// <param name="innerException">The cause.</param>
    public EmbeddedLogException(string dataDirectory, string problem, string fix, Exception? innerException = null)
        : base($"{problem} {fix} (Setting DataDirectory: '{dataDirectory}'.)", innerException) => DataDirectory = dataDirectory;

    /// <summary>The directory that the setting <c>DataDirectory</c> names.</summary>
    public string DataDirectory { get; }
}
