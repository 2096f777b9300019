using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.Worker.Composition;

/// <summary>Where the embedded files are.</summary>
internal static class DataDirectory
{
    private const string Setting = "DataDirectory";
    private const string Default = ".data";

    public static string Of(IConfiguration configuration) =>
        configuration[Setting] is { Length: > 0 } directory ? directory : Path.Combine(AppContext.BaseDirectory, Default);
}
