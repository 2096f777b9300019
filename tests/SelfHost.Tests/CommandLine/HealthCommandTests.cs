using System.Net;
using System.Net.Sockets;
using KafkaFunctions.SelfHost.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.SelfHost.Tests.CommandLine;

public sealed class HealthCommandTests
{
    [Theory]
    [InlineData("health", HealthPaths.Ready)]
    [InlineData("health --live", HealthPaths.Live)]
    public async Task Health_OfAnAppThatAnswersOk_IsDone(string command, string asked)
    {
        await using var app = await StartAsync(path => path == asked ? (200, "Healthy") : (503, "Unhealthy"));
        var session = new CommandLineSession();

        var status = await session.RunAsync([.. command.Split(' '), "--port", $"{PortOf(app)}"]);

        Assert.Equal(0, status);
        Assert.Equal(["Healthy"], session.Lines);
    }

    [Fact]
    public async Task Health_OfAnAppThatIsNotReady_FailsAndSaysWhatItSaid()
    {
        await using var app = await StartAsync(_ => (503, "Unhealthy"));
        var session = new CommandLineSession();

        var status = await session.RunAsync("health", "--port", $"{PortOf(app)}");

        Assert.Equal(1, status);
        Assert.Contains("answers 503: Unhealthy", session.Error, StringComparison.Ordinal);
        Assert.Empty(session.Output);
    }

    [Fact]
    public async Task Health_WhereNothingListens_FailsAndNamesTheAddress()
    {
        // Bound, but nobody listens: the port is no one else's meanwhile.
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)bound.LocalEndPoint!).Port;
        var session = new CommandLineSession();

        var status = await session.RunAsync("health", "--port", $"{port}");

        Assert.Equal(1, status);
        Assert.Contains($"Nothing answers at http://localhost:{port}/health/ready", session.Error, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> StartAsync(Func<string, (int Status, string Text)> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(context =>
        {
            var (status, text) = answer(context.Request.Path);
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(text);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static int PortOf(WebApplication app) => new Uri(app.Urls.Single()).Port;
}
