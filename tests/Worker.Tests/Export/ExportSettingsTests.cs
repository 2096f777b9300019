using KafkaFunctions.Worker.Export;
using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.Worker.Tests.Export;

public sealed class ExportSettingsTests
{
    private const string Connection = "InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=https://localhost/";

    [Fact]
    public void Read_WithoutSettings_SendsNothing()
    {
        var settings = Read();

        Assert.False(settings.Sends);
        Assert.Empty(settings.Errors);
    }

    [Fact]
    public void Read_Endpoint_SendsAllSignalsByOtlp()
    {
        var settings = Read(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317"));

        Assert.True(settings.Sends);
        Assert.All(Enum.GetValues<Signal>(), signal => Assert.Equal((true, false), (settings.UsesOtlp(signal), settings.UsesAzureMonitor(signal))));
    }

    [Fact]
    public void Read_EndpointOfOneSignal_SendsThatSignal()
    {
        var settings = Read(("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://collector:4318/v1/traces"));

        Assert.Equal([Signal.Traces], Enum.GetValues<Signal>().Where(settings.Uses));
        Assert.Equal("http://collector:4318/v1/traces", settings.Own(Signal.Traces, "ENDPOINT"));
    }

    [Fact]
    public void Read_ConnectionString_SendsAllSignalsToApplicationInsights()
    {
        var settings = Read(("APPLICATIONINSIGHTS_CONNECTION_STRING", Connection));

        Assert.All(Enum.GetValues<Signal>(), signal => Assert.Equal((false, true), (settings.UsesOtlp(signal), settings.UsesAzureMonitor(signal))));
    }

    [Fact]
    public void Read_ExporterNone_SendsNothingOfTheSignalAnywhere()
    {
        var settings = Read(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317"), ("APPLICATIONINSIGHTS_CONNECTION_STRING", Connection), ("OTEL_LOGS_EXPORTER", "none"));

        Assert.Equal([Signal.Traces, Signal.Metrics], Enum.GetValues<Signal>().Where(settings.Uses));
    }

    [Fact]
    public void Read_ExporterOtlpWithoutEndpoint_SendsToTheSdksOwn() => Assert.True(Read(("OTEL_TRACES_EXPORTER", "otlp")).UsesOtlp(Signal.Traces));

    [Fact]
    public void Read_Disabled_SendsNothing() => Assert.False(Read(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317"), ("OTEL_SDK_DISABLED", "true")).Sends);

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317", "OTEL_EXPORTER_OTLP_ENDPOINT is 'collector:4317'. Use an address such as http://localhost:4317.")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "/v1/metrics", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT is '/v1/metrics'. Use an address such as http://localhost:4317.")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "OTEL_EXPORTER_OTLP_PROTOCOL is 'http/json'. Use grpc or http/protobuf.")]
    [InlineData("OTEL_TRACES_EXPORTER", "zipkin", "OTEL_TRACES_EXPORTER is 'zipkin'. Use otlp or none.")]
    [InlineData("OTEL_TRACES_SAMPLER", "often", "OTEL_TRACES_SAMPLER is 'often'. Use always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off or parentbased_traceidratio.")]
    [InlineData("OTEL_SDK_DISABLED", "yes", "OTEL_SDK_DISABLED is 'yes'. Use true or false.")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "10s", "OTEL_EXPORTER_OTLP_TIMEOUT is '10s'. Use a whole number from 1.")]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_TIMEOUT", "-1", "OTEL_EXPORTER_OTLP_LOGS_TIMEOUT is '-1'. Use a whole number from 1.")]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL", "0", "OTEL_METRIC_EXPORT_INTERVAL is '0'. Use a whole number from 1.")]
    [InlineData("OTEL_BSP_MAX_QUEUE_SIZE", "many", "OTEL_BSP_MAX_QUEUE_SIZE is 'many'. Use a whole number from 1.")]
    [InlineData("OTEL_EXPORTER_OTLP_COMPRESSION", "zip", "OTEL_EXPORTER_OTLP_COMPRESSION is 'zip'. Use none or gzip.")]
    [InlineData("OTEL_EXPORTER_OTLP_CERTIFICATE", "/no/such/ca.pem", "OTEL_EXPORTER_OTLP_CERTIFICATE is '/no/such/ca.pem'. Use a PEM file that can be read.")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "a=1,secret", "OTEL_EXPORTER_OTLP_HEADERS cannot be used. Write name=value, several separated by commas.")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "secret", "APPLICATIONINSIGHTS_CONNECTION_STRING has no InstrumentationKey. Copy it from the Application Insights resource: InstrumentationKey=…;IngestionEndpoint=….")]
    public void Read_ValueThatCannotBeUsed_IsAnErrorAndSendsNothing(string name, string value, string error)
    {
        var settings = Read((name, value));

        Assert.Equal([error], settings.Errors);
        Assert.False(settings.Sends);
    }

    [Theory]
    [InlineData("OTEL_SDK_DISABLED", "False")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "api-key=abc==,x=")]
    [InlineData("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "1")]
    public void Read_ValueThatCanBeUsed_IsTaken(string name, string value) => Assert.Empty(Read((name, value)).Errors);

    [Theory]
    [InlineData("0.1", true)]
    [InlineData("1.5", false)]
    [InlineData("10%", false)]
    public void Read_RatioOfTraces_IsAShare(string ratio, bool isUsable) =>
        Assert.Equal(isUsable, Read(("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"), ("OTEL_TRACES_SAMPLER_ARG", ratio)).Errors.Count == 0);

    [Theory]
    [InlineData(null, null, "ParentBased{AlwaysOnSampler}")]
    [InlineData("always_on", null, "AlwaysOnSampler")]
    [InlineData("parentbased_always_off", null, "ParentBased{AlwaysOffSampler}")]
    [InlineData("traceidratio", "0.25", "TraceIdRatioBasedSampler{0.250000}")]
    [InlineData("parentbased_traceidratio", "0.1", "ParentBased{TraceIdRatioBasedSampler{0.100000}}")]
    [InlineData("microsoft.rate_limited", "5", null)]
    public void Sampler_WithApplicationInsights_IsTheOneOfTheSettings(string? name, string? argument, string? sampler) => Assert.Equal(
        sampler,
        Read(("APPLICATIONINSIGHTS_CONNECTION_STRING", Connection), ("OTEL_TRACES_SAMPLER", name ?? ""), ("OTEL_TRACES_SAMPLER_ARG", argument ?? "")).Sampler?.Description);

    [Fact]
    public async Task Start_ValueThatCannotBeUsed_EndsWithTheError()
    {
        await using var app = new WorkerApp { Functions = [typeof(WordFunctions)], Settings = { ["OTEL_TRACES_EXPORTER"] = "zipkin" } };

        await app.StartAsync();

        Assert.Equal(1, app.ExitStatus);
        Assert.Contains("error: OTEL_TRACES_EXPORTER is 'zipkin'. Use otlp or none.", app.Console, StringComparison.Ordinal);
    }

    private static ExportSettings Read(params (string Name, string Value)[] settings) => ExportSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)).Build());
}
