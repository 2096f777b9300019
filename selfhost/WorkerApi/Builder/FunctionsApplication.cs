using System.Reflection;
using System.Runtime.CompilerServices;
using KafkaFunctions.SelfHost.CommandLine;
using KafkaFunctions.SelfHost.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Starts a function app.</summary>
public class FunctionsApplication
{
    /// <summary>Makes the app's builder. The functions are those of the assembly that calls this.</summary>
    /// <param name="args">The command line.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static FunctionsApplicationBuilder CreateBuilder(string[] args)
    {
        var app = Assembly.GetCallingAssembly();
        UnhandledFailures.Report();
        return new FunctionsApplicationBuilder(SelfHostCommandLine.Parse(args), HostSurroundings.OfProcess(app));
    }
}
