using KafkaFunctions.Streams.State;
using KafkaFunctions.Worker.Outputs;
using KafkaFunctions.Worker.Processing;
using KafkaFunctions.Worker.Provisioning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Worker.Tests.Settings;

public sealed class OptionsTests
{
    [Fact]
    public void Defaults_Are()
    {
        var outputs = new OutputOptions();
        var topics = new TopicOptions();

        Assert.Equal((OutputDelivery.Acknowledged, "kafkafunctions", 5), (outputs.OutputDelivery, outputs.Application, outputs.PublishRetries));
        Assert.Equal((null, 4), (topics.CreateTopics, topics.Partitions));
        Assert.Equal((3, true), (new ProcessingOptions().MaxAttempts, new ProcessingOptions().FoldBatch));
        var state = new StateOptions();
        Assert.Equal((64, 64L << 20, 20, TimeSpan.FromDays(30)), (state.Buckets, state.CacheBytes, state.MaxWriteAttempts, state.PathRetention));
    }

    [Theory]
    [InlineData("Kafka:Application", "with space", "Kafka__Application")]
    [InlineData("Kafka:PublishRetries", "-1", "Kafka__PublishRetries")]
    [InlineData("Kafka:OutputDelivery", "7", "Kafka__OutputDelivery")]
    [InlineData("Kafka:Partitions", "0", "Kafka__Partitions")]
    [InlineData("Kafka:CreateTopics", "9", "Kafka__CreateTopics")]
    [InlineData("Processing:MaxAttempts", "0", "Processing__MaxAttempts")]
    [InlineData("Processing:FoldBatch", "maybe", "Processing__FoldBatch")]
    [InlineData("State:Buckets", "4097", "State__Buckets")]
    [InlineData("State:CacheBytes", "-1", "State__CacheBytes")]
    [InlineData("State:PathRetention", "00:00:01", "State__PathRetention")]
    [InlineData("State:Stores:counts:Buckets", "0", "State__Stores__counts__Buckets")]
    public async Task Start_WrongValue_NamesTheSetting(string key, string value, string setting)
    {
        await using var app = new WorkerApp { Functions = [typeof(WordFunctions)], Settings = { [key] = value } };

        await app.StartAsync();

        Assert.Equal(1, app.ExitStatus);
        Assert.Contains(setting, app.Console, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("State:Stores:page-views:Buckets")]
    [InlineData("State:Stores:page_views:Buckets")] // Shells and Azure's app settings have no '-' in names.
    public async Task Buckets_OfOneStore_AreItsOwn(string setting)
    {
        await using var app = new WorkerApp { Functions = [typeof(WordFunctions)], Settings = { [setting] = "8" } };

        await app.StartAsync();

        Assert.Equal([KeyValuePair.Create("page-views", 8)], app.Services.GetRequiredService<IOptions<StateOptions>>().Value.BucketsOf);
    }

    [Fact]
    public async Task Start_EmptyValue_IsTheDefault()
    {
        await using var app = new WorkerApp { Functions = [typeof(WordFunctions)], Settings = { ["Kafka:Application"] = "" } };

        await app.StartAsync();

        Assert.Null(app.ExitStatus);
    }
}
