using System.Text.Json;
using KafkaFunctions.Infrastructure.Tests.Generated;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Tables;
using KafkaFunctions.Worker.Catalog;
using KafkaFunctions.Worker.Provisioning;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Infrastructure.Tests.Deployed;

/// <summary>Topics and tables that are deployed are those that the code needs.</summary>
public sealed class PipelineTests
{
    public static TheoryData<string> Deployments => Deployment.All;

    [Theory]
    [MemberData(nameof(Deployments))]
    public void EventHubs_AreTheTopics_ThatTheRunningFunctionsNeed(string parameters)
    {
        var deployment = Deployment.Read(parameters);
        using var app = AppCode.Build(deployment.Settings);

        // A Kafka that is there already has its topics made elsewhere.
        var required = deployment.Of("Microsoft.EventHub/namespaces").Any() ? RequiredTopic.Of(app.Services.GetRequiredService<FunctionCatalog>()) : [];

        Assert.Equal(required.Select(topic => topic.Name).Order(StringComparer.Ordinal), deployment.NamesOf("Microsoft.EventHub/namespaces/eventhubs").Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public void DeadLetterTopics_HaveThePartitionsOfTheirSources(string parameters)
    {
        var partitions = Deployment.Read(parameters).Of("Microsoft.EventHub/namespaces/eventhubs")
            .ToDictionary(hub => hub.Name.Split('/')[^1], hub => hub.Properties.GetProperty("partitionCount").GetInt32());

        Assert.All(
            partitions.Where(hub => hub.Key.EndsWith(KafkaTriggerBinding.DeadLetterSuffix, StringComparison.Ordinal)),
            hub => Assert.Equal(partitions[hub.Key[..^KafkaTriggerBinding.DeadLetterSuffix.Length]], hub.Value));
    }

    /// <summary>Copies come for as long as a topic keeps its records.</summary>
    [Theory]
    [MemberData(nameof(Deployments))]
    public void Paths_AreRemembered_ForAsLongAsTopicsKeepTheirRecords(string parameters)
    {
        var deployment = Deployment.Read(parameters);
        using var app = AppCode.Build(deployment.Settings);
        var remembered = app.Services.GetRequiredService<IOptions<StateOptions>>().Value.PathRetention;

        Assert.All(
            deployment.Of("Microsoft.EventHub/namespaces/eventhubs"),
            hub => Assert.True(remembered >= TimeSpan.FromHours(hub.Properties.GetProperty("retentionDescription").GetProperty("retentionTimeInHours").GetInt32()), hub.Name));
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public void Tables_AreThoseOfAllStores_InEachAccountOfTheSettings(string parameters)
    {
        var deployment = Deployment.Read(parameters);
        using var app = AppCode.Build(deployment.Settings);
        var accounts = StateStorageSettings.Read(app.Services.GetRequiredService<IConfiguration>())!;
        var stores = app.Services.GetRequiredService<StoreCatalog>().Stores;

        var expected =
            from account in accounts
            from store in stores
            select $"{account.ServiceUri!.Host.Split('.')[0]}/default/{TableNames.Encode(new TableStateOptions().TablePrefix, store.Definition.Name)}";

        Assert.Equal(expected.Order(StringComparer.Ordinal), deployment.Of("Microsoft.Storage/storageAccounts/tableServices/tables").Select(table => table.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public void AlwaysReadyInstances_AreOfFunctionsThatRun(string parameters)
    {
        var deployment = Deployment.Read(parameters);
        using var app = AppCode.Build(deployment.Settings);
        var functions = app.Services.GetRequiredService<FunctionCatalog>().Functions.Select(function => $"function:{function.Name}").Append("http");
        var config = deployment.Of("Microsoft.Web/sites").Single().Properties.GetProperty("functionAppConfig");

        // Elastic Premium has machines, not groups.
        var groups = config.ValueKind == JsonValueKind.Null ? [] : config.GetProperty("scaleAndConcurrency").GetProperty("alwaysReady").EnumerateArray().ToList();

        Assert.Subset(functions.ToHashSet(), groups.Select(group => group.GetProperty("name").GetString()!).ToHashSet());
    }
}
