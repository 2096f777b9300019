using System.Diagnostics;
using KafkaFunctions.Monitoring.Tests.Files;

namespace KafkaFunctions.Monitoring.Tests.Alerts;

/// <summary>Prometheus' own checks of what it is given.</summary>
public sealed class PromtoolTests
{
    public static TheoryData<string> RuleTests => [.. MonitoringFiles.RuleTests.Select(file => Path.GetFileName(file))];

    [Fact]
    public Task Configuration_IsValid() => RunAsync("check", "config", "prometheus.yml");

    [Fact]
    public Task Rules_AreValid() => RunAsync("check", "rules", MonitoringFiles.Rules);

    [Theory]
    [MemberData(nameof(RuleTests))]
    public Task Alerts_FireWhenTheyShould_AndOnlyThen(string file) => RunAsync("test", "rules", Path.Combine("tests", file));

    private static async Task RunAsync(params string[] arguments)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(PrometheusTools.RequirePromtool(), arguments)
        {
            WorkingDirectory = MonitoringFiles.Prometheus,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var promtool = Process.Start(start)!;
        var (output, error) = (promtool.StandardOutput.ReadToEndAsync(cancellation), promtool.StandardError.ReadToEndAsync(cancellation));
        await promtool.WaitForExitAsync(cancellation);
        Assert.True(promtool.ExitCode == 0, $"promtool {string.Join(' ', arguments)}:\n{await output}{await error}");
    }
}
