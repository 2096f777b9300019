using KafkaFunctions.SelfHost.CommandLine;

namespace KafkaFunctions.SelfHost.Hosting;

/// <summary>Tells expected failures of Program itself (settings that are wrong while services are registered) in a line, and ends
/// with the status for it. Others end the process as ever.</summary>
internal static class UnhandledFailures
{
    private static int _reporting;

    /// <summary>From now on; safe to call twice.</summary>
    public static void Report()
    {
        if (Interlocked.Exchange(ref _reporting, 1) == 0)
        {
            AppDomain.CurrentDomain.UnhandledException += (_, failure) => Report(failure.ExceptionObject);
        }
    }

    private static void Report(object failure)
    {
        if (failure is not Exception exception || ExpectedFailure.Explain(exception) is not { } lines)
        {
            return;
        }

        foreach (var line in lines)
        {
            Console.Error.WriteLine(ExpectedFailure.Prefix + line);
        }

        Environment.Exit(ExitStatus.Failed);
    }
}
