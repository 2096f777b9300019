using KafkaFunctions.Worker.Export;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace KafkaFunctions.Worker.Tests.Export;

public sealed class TelemetryExportTests
{
    /// <summary>As Microsoft's own package for OpenTelemetry says it: the host then leaves telemetry of the worker to the worker.</summary>
    [Fact]
    public async Task Add_Endpoint_TellsTheFunctionsHostThatTheWorkerExports()
    {
        await using var services = Services();

        var capabilities = services.GetRequiredService<IOptions<WorkerOptions>>().Value.Capabilities;

        Assert.Equal("True", capabilities["WorkerOpenTelemetryEnabled"]);
        Assert.Equal("1.37.0", capabilities["WorkerOpenTelemetrySchemaVersion"]);
    }

    [Theory]
    [InlineData(null, "app")]
    [InlineData("shop", "shop")]
    public async Task Add_ServiceName_IsTheAppsUnlessTheSettingsHaveOne(string? setting, string name)
    {
        await using var services = Services(("OTEL_SERVICE_NAME", setting));

        var resource = services.GetRequiredService<TracerProvider>().GetResource();

        Assert.Contains(new("service.name", name), resource.Attributes);
    }

    private static ServiceProvider Services(params (string Name, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4317"), .. settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value))])
            .Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging();
        TelemetryExport.Add(services, ExportSettings.Read(configuration), configuration, "app");
        return services.BuildServiceProvider();
    }
}
