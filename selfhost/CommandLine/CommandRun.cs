using KafkaFunctions.Streams;

namespace KafkaFunctions.SelfHost.CommandLine;

/// <summary>Runs a command's work and turns how it ends into an exit status.</summary>
internal static class CommandRun
{
    // What the system says when the reader of a pipe is gone: EPIPE, and Windows' ERROR_BROKEN_PIPE and ERROR_NO_DATA.
    private static readonly int[] BrokenPipe = [32, unchecked((int)0x8007006D), unchecked((int)0x800700E8)];

    /// <summary>Makes the invocation of a command.</summary>
    public static RunCommand Create(CommandConsole console, Func<IServiceProvider, CancellationToken, Task<int>> work) =>
        new((services, cancellationToken) => ExecuteAsync(console, services, work, cancellationToken));

    /// <summary>Says on standard error, in one line, why a command failed.</summary>
    public static int Fail(CommandConsole console, string message)
    {
        console.Error.WriteLine("error: " + message.ReplaceLineEndings(" "));
        return ExitStatus.Failed;
    }

    private static async Task<int> ExecuteAsync(
        CommandConsole console, IServiceProvider services, Func<IServiceProvider, CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        try
        {
            var status = await work(services, cancellationToken);
            await console.Output.FlushAsync(CancellationToken.None);
            return status;
        }
        catch (IOException closed) when (BrokenPipe.Contains(closed.HResult))
        {
            return ExitStatus.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitStatus.Failed;
        }
        catch (Exception failure) when (failure is KafkaFunctionsException or IOException)
        {
            return Fail(console, failure.Message);
        }
    }
}
