using KafkaFunctions.Streams;

namespace KafkaFunctions.SelfHost;

/// <summary>The host cannot start, or cannot do what was asked: settings, functions, or what is around it must change first.</summary>
internal sealed class SelfHostException : KafkaFunctionsException
{
    /// <summary>One thing is wrong.</summary>
    public SelfHostException(string message, Exception? innerException = null)
        : base(message, innerException) => Errors = [message];

    /// <summary>Several things are wrong; all are told at once.</summary>
    public SelfHostException(IReadOnlyList<string> errors)
        : base(string.Join(Environment.NewLine, errors)) => Errors = errors;

    /// <summary>Whether the command line is wrong, and not what it is run with.</summary>
    public bool IsWrongUsage { get; init; }

    /// <summary>What is wrong and how to mend it, one line each.</summary>
    public IReadOnlyList<string> Errors { get; }
}
