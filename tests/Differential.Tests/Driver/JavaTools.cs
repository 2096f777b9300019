using System.ComponentModel;
using System.Diagnostics;
using KafkaFunctions.TestSupport;

namespace KafkaFunctions.Differential.Tests.Driver;

/// <summary>Compiles the driver against the libraries of the Kafka download. Tests are skipped where it or a JDK is missing.</summary>
internal static class JavaTools
{
    private const string TestDriverLibrary = "kafka-streams-test-utils-*.jar";

    private const string HowToGetOne =
        $"No Kafka Streams to compare with. Set {KafkaHome.Variable} to the folder of an Apache Kafka download, 4.0 or newer, with a JDK 17 installed.";

    private static readonly TimeSpan CompileLimit = TimeSpan.FromMinutes(2);

    /// <summary>Compiles into a folder and returns the class path.</summary>
    public static string Compile(string classes)
    {
        var libraries = Path.Combine(KafkaHome.Require(HowToGetOne), "libs");
        Assert.SkipUnless(Directory.EnumerateFiles(libraries, TestDriverLibrary).Any(), $"{libraries} has no {TestDriverLibrary}. {HowToGetOne}");
        var sources = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "KafkaStreamsDriver"), "*.java");
        var start = new ProcessStartInfo("javac", ["-nowarn", "-cp", Path.Combine(libraries, "*"), "-d", classes, .. sources]) { RedirectStandardError = true };
        try
        {
            using var compiler = Process.Start(start)!;
            var errors = compiler.StandardError.ReadToEndAsync();
            if (!compiler.WaitForExit(CompileLimit))
            {
                compiler.Kill(entireProcessTree: true);
                throw new TimeoutException($"javac did not end within {CompileLimit}.");
            }

            return compiler.ExitCode == 0
                ? classes + Path.PathSeparator + Path.Combine(libraries, "*")
                : throw new InvalidOperationException($"The driver does not compile:\n{errors.GetAwaiter().GetResult()}");
        }
        catch (Win32Exception)
        {
            Assert.Skip($"There is no javac. {HowToGetOne}");
            throw;
        }
    }
}
