using System.Globalization;
using System.Net;
using System.Net.Sockets;
using KafkaFunctions.EndToEnd.Tests.Harness;

namespace KafkaFunctions.EndToEnd.Tests.BadInput;

/// <summary>What keeps the app from starting beside its settings.</summary>
public sealed class StartTests : IDisposable
{
    private static readonly Dictionary<string, string?> NoSettings = [];

    private readonly AppFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FunctionWithTwoTriggers_IsNamed()
    {
        var result = await AppProcess.RunAsync(_folder, NoSettings, ["--port", $"{FreePort.Find()}"], program: BuiltApp.TwoTriggers);

        result.AssertFails(1, "CopyEvents", "2 triggers", "kafkaTrigger 'records'", "timerTrigger 'timer'");
    }

    [Fact]
    public async Task PortInUse_IsNamed()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var result = await AppProcess.RunAsync(_folder, NoSettings, ["--port", port]);

        result.AssertFails(1, $"Port {port} is in use", "--port");
    }

    [Theory]
    [InlineData("--port 99999", "--port", "1 to 65535")]
    [InlineData("--functions Nope", "'Nope'", "CleanUpState, ClickImpressionClicks, ClickImpressions, CloseIdleWindows, CountPageViews, DeviceStats, EnrichOrders, FilterEvents, IngestEvents, KeyPageViews, KeyReadings, LatestReadings, PageViewsPerFiveMinutes, PageViewsPerMinute, ParseWebLogs, QueryState, RoutePageViews, TopPages, TrackCustomers, UserSessions")]
    [InlineData("--prot 80", "--prot", "--port")]
    [InlineData("--demo --rate -5", "--rate", "-5")]
    [InlineData("topcis", "topcis", "topics")]
    [InlineData("tail", "TOPIC", "tail")]
    public async Task WrongUsage_IsToldWithStatus2(string arguments, params string[] told)
    {
        var result = await AppProcess.RunAsync(_folder, NoSettings, arguments.Split(' '));

        Assert.Equal(2, result.ExitStatus);
        Assert.All(told, part => Assert.Contains(part, string.Join('\n', result.Error), StringComparison.Ordinal));
        result.AssertNoStackTrace();
    }

    [Fact]
    public async Task DataDirectoryIsAFile_IsToldOnce()
    {
        File.WriteAllText(_folder.Data, "");

        (await AppProcess.RunAsync(_folder, NoSettings, ["--port", $"{FreePort.Find()}"])).AssertFails(1, "DataDirectory", _folder.Data);
        (await AppProcess.RunAsync(_folder, NoSettings, ["topics"])).AssertFails(1, "DataDirectory", _folder.Data);
    }

    [Fact]
    public async Task DataDirectoryCannotBeMade_IsToldOnce()
    {
        // Not even a super user makes folders there.
        var settings = new Dictionary<string, string?> { ["DataDirectory"] = "/proc/kafkafunctions" };

        var result = await AppProcess.RunAsync(_folder, settings, ["--port", $"{FreePort.Find()}"]);

        result.AssertFails(1, "DataDirectory", "/proc/kafkafunctions");
    }

    [Fact]
    public async Task DamagedLog_IsToldOnceAndLeftAlone()
    {
        Directory.CreateDirectory(_folder.Data);
        var file = Path.Combine(_folder.Data, "events.db");
        var content = new byte[20_000];
        new Random(1).NextBytes(content);
        File.WriteAllBytes(file, content);

        var result = await AppProcess.RunAsync(_folder, NoSettings, ["--port", $"{FreePort.Find()}"]);

        result.AssertFails(1, "DataDirectory", file);
        Assert.Equal(content, File.ReadAllBytes(file));
    }
}
