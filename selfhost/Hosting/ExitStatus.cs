namespace KafkaFunctions.SelfHost.Hosting;

/// <summary>How the process ends.</summary>
internal static class ExitStatus
{
    public const int Done = 0;

    public const int Failed = 1;
}
