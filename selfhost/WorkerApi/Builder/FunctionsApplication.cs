namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Starts a function app.</summary>
public class FunctionsApplication
{
    /// <summary>Makes the app's builder.</summary>
    /// <param name="args">The command line.</param>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}
