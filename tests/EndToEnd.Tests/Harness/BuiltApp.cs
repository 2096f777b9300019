using System.Reflection;
using KafkaFunctions.TestSupport;

namespace KafkaFunctions.EndToEnd.Tests.Harness;

/// <summary>Where the programs are that were built with the tests.</summary>
internal static class BuiltApp
{
    private static readonly string Configuration =
        typeof(BuiltApp).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";

    /// <summary>The app.</summary>
    public static string Main { get; } = Find("functions", "KafkaFunctions.App");

    /// <summary>An app with a function that has two triggers.</summary>
    public static string TwoTriggers { get; } = Find("tests/EndToEnd.Tests/Apps/TwoTriggers", "KafkaFunctions.TwoTriggers");

    /// <summary>An app whose functions keep state.</summary>
    public static string Counting { get; } = Find("tests/EndToEnd.Tests/Apps/Counting", "KafkaFunctions.Counting");

    private static string Find(string project, string assembly) =>
        Path.Combine(Repository.Root, project, "bin", Configuration, "net10.0", assembly + ".dll");
}
