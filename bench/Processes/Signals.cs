using System.ComponentModel;
using System.Runtime.InteropServices;

namespace KafkaFunctions.Bench.Processes;

/// <summary>Sends POSIX signals, which <see cref="System.Diagnostics.Process"/> cannot.</summary>
internal static partial class Signals
{
    /// <summary>SIGINT: what Ctrl-C sends; PostgreSQL's fast shutdown.</summary>
    public const int Interrupt = 2;

    /// <summary>SIGKILL: ends at once, without a chance to clean up.</summary>
    public const int Kill = 9;

    /// <summary>SIGTERM: asks to end.</summary>
    public const int Terminate = 15;

    /// <summary>SIGCONT: goes on after <see cref="Pause"/>.</summary>
    public const int Resume = 18;

    /// <summary>SIGSTOP: freezes the process; its connections stay open and silent.</summary>
    public const int Pause = 19;

    private const int NoSuchProcess = 3;

    /// <summary>Sends a signal; a process that is gone already is no error.</summary>
    public static void Send(int processId, int signal)
    {
        if (SendCore(processId, signal) != 0 && Marshal.GetLastPInvokeError() is var error && error != NoSuchProcess)
        {
            throw new Win32Exception(error);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendCore(int processId, int signal);
}
