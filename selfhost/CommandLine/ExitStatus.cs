namespace KafkaFunctions.SelfHost.CommandLine;

/// <summary>Exit status of the app; scripts rely on these.</summary>
internal static class ExitStatus
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Failed; standard error says why.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage; nothing was done.</summary>
    public const int WrongUsage = 2;
}
