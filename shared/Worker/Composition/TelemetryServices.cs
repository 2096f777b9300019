using KafkaFunctions.Worker.Export;
using KafkaFunctions.Worker.Lag;
using KafkaFunctions.Worker.Telemetry;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Worker.Composition;

/// <summary>The telemetry of an app that runs: a test of functions has none.</summary>
internal static class TelemetryServices
{
    public static void AddTelemetry(this FunctionsApplicationBuilder builder)
    {
        var settings = ExportSettings.Read(builder.Configuration);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TelemetryOptions>>(new ExportValidator(settings)));
        builder.Services.AddHostedService<LagService>();
        builder.Services.AddHostedService<CounterStart>();
        TelemetryExport.AddViews(builder.Services);
        if (settings.Sends)
        {
            TelemetryExport.Add(builder.Services, settings, builder.Configuration, builder.Environment.ApplicationName);
        }
    }
}
