using System.ComponentModel.DataAnnotations;
using System.Reflection;
using KafkaFunctions.App.Filtering;
using KafkaFunctions.Kafka;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Tables;
using KafkaFunctions.Worker;
using KafkaFunctions.Worker.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.Infrastructure.Tests.Generated;

/// <summary>The settings that the code reads, found by reflection.</summary>
internal static class AppSettings
{
    private const string SectionName = "SectionName";

    /// <summary>Settings of OpenTelemetry's library, which has no list of them.</summary>
    private static readonly (string Name, string Summary)[] OpenTelemetry =
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "Address of a collector that traces and metrics are sent to, beside Application Insights. Default: none."),
        ("OTEL_EXPORTER_OTLP_HEADERS", "Headers of what is sent there; a reference to a key vault where it is a secret."),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc (default) or http/protobuf."),
        ("OTEL_RESOURCE_ATTRIBUTES", "What all telemetry is labelled with: name=value, separated by commas."),
        ("OTEL_SERVICE_NAME", "Name of the app in telemetry."),
        ("OTEL_TRACES_SAMPLER", "Which traces are kept: parentbased_always_on (default), parentbased_traceidratio and others."),
        ("OTEL_TRACES_SAMPLER_ARG", "Share of the traces that parentbased_traceidratio keeps: 0.1."),
    ];

    /// <summary>Names of the settings that say where Kafka and state are: the templates give them their values.</summary>
    public static IReadOnlyList<(string Key, string Name)> Connections { get; } =
    [
        .. typeof(KafkaSettingNames).GetFields()
            .Where(constant => constant is { IsLiteral: true, Name: not nameof(KafkaSettingNames.Embedded) })
            .Select(constant => (char.ToLowerInvariant(constant.Name[0]) + constant.Name[1..], (string)constant.GetRawConstantValue()!)),
        ("stateStorage", StateStorageSettings.SettingName),
        ("tableServiceUri", StateStorageSettings.ServiceUri),
        ("clientId", StateStorageSettings.ClientId),
    ];

    /// <summary>All other settings: the properties of every options type that names its section, those of single stores, the one that has no section, and OpenTelemetry's.</summary>
    public static IReadOnlyList<AppSetting> Options { get; } =
    [
        .. new[] { typeof(FilterCondition), typeof(KafkaFunctionsOptions), typeof(KafkaSettingNames), typeof(StateStorageSettings), typeof(StateOptions) }
            .SelectMany(type => type.Assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false })
            .Select(type => (Type: type, Section: type.GetField(SectionName, BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string))
            .Where(options => options.Section is not null)
            .SelectMany(options => options.Type.GetProperties()
                .Where(property => property is { CanWrite: true, SetMethod.IsPublic: true })
                .Select(property => AppSetting.Of(options.Section!, property)))
            .Concat(BucketsOfStores())
            .Append(new AppSetting(FilterCondition.Setting, typeof(string), null, XmlDocs.SummaryOf(typeof(FilterCondition))))
            .Concat(OpenTelemetry.Select(setting => new AppSetting(setting.Name, typeof(string), null, setting.Summary)))
            .OrderBy(setting => setting.Name, StringComparer.Ordinal),
    ];

    /// <summary>A store keeps the number of buckets that it began with, whatever <c>State__Buckets</c> says for new ones.</summary>
    private static IEnumerable<AppSetting> BucketsOfStores()
    {
        using var app = AppCode.Build();
        return
        [
            .. app.Services.GetRequiredService<StoreCatalog>().Stores.Select(store => new AppSetting(
                $"{StateOptions.SectionName}__Stores__{store.Definition.Name.Replace('-', '_')}__{nameof(StateOptions.Buckets)}",
                typeof(int),
                new RangeAttribute(1, StateLimits.MaxBuckets),
                $"Number of buckets of the store {store.Definition.Name}. Default: that of State__Buckets.")),
        ];
    }
}
