using System.Text;
using Microsoft.Win32.SafeHandles;

namespace KafkaFunctions.SelfHost.CommandLine;

/// <summary>Where a command reads and writes: data on <paramref name="Output"/>, everything else on <paramref name="Error"/>.</summary>
/// <param name="Input">Standard input, as bytes: records need not be text.</param>
/// <param name="Output">Standard output, buffered; commands flush it.</param>
/// <param name="Error">Standard error, not buffered.</param>
internal sealed record CommandConsole(Stream Input, TextWriter Output, TextWriter Error)
{
    private const int OutputBufferChars = 32 * 1024;
    private const int StandardOutputDescriptor = 1;

    /// <summary>Whether a person types the input.</summary>
    public bool InputIsTerminal { get; init; }

    /// <summary>Whether a person looks at the notes while they come.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>The console of this process.</summary>
    public static CommandConsole OfProcess() =>
        new(
            Console.OpenStandardInput(),
            new StreamWriter(OpenStandardOutput(), new UTF8Encoding(false), OutputBufferChars, leaveOpen: true),
            Console.Error)
        {
            InputIsTerminal = !Console.IsInputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
        };

    /// <summary>The console's own stream hides that a pipe's reader is gone, and <c>tail | head</c> would never end: a pipe is
    /// written to directly. Files are not: a <see cref="FileStream"/> does not move the offset that other writers share.</summary>
    private static Stream OpenStandardOutput()
    {
        if (!OperatingSystem.IsWindows() && Console.IsOutputRedirected)
        {
            var pipe = new FileStream(new SafeFileHandle(StandardOutputDescriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!pipe.CanSeek)
            {
                return pipe;
            }
        }

        return Console.OpenStandardOutput();
    }
}
