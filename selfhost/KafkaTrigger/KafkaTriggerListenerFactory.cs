using KafkaFunctions.Embedded;
using KafkaFunctions.Embedded.Consuming;
using KafkaFunctions.Kafka;
using KafkaFunctions.Kafka.Consuming;
using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Invocation;
using KafkaFunctions.SelfHost.Settings;
using KafkaFunctions.SelfHost.Telemetry;
using KafkaFunctions.SelfHost.Triggers;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Brokers.Consuming;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.SelfHost.KafkaTrigger;

/// <summary>Makes the listeners of Kafka triggers, on a broker or on the embedded log.</summary>
internal sealed class KafkaTriggerListenerFactory(IServiceProvider services, IConfiguration configuration, ILoggerFactory loggers) : ITriggerListenerFactory
{
    private readonly Lazy<TriggerTrace?> _trace = new(() => configuration[TriggerTrace.Setting] is { Length: > 0 } path
        ? new TriggerTrace(path, services.GetRequiredService<TimeProvider>())
        : null);

    public string TriggerType => BindingTypes.KafkaTrigger;

    public ITriggerListener Create(FunctionDescriptor function)
    {
        var broker = Setting(function, "brokerList");
        var configured = SettingReferences.Resolve(configuration, $"%{KafkaSettingNames.BrokerList}%");
        if (broker != configured)
        {
            throw new SelfHostException($"{function.Name} reads from broker '{broker}', but {KafkaSettingNames.BrokerList} is '{configured}'. The self-host serves one broker: write \"%{KafkaSettingNames.BrokerList}%\" in the attribute.");
        }

        var options = Options(function);
        var consumer = CreateConsumer(function, options, _trace.Value);
        return new KafkaTriggerListener(
            function,
            options.Topic,
            services.GetRequiredService<ITopicClient>(),
            consumer,
            services.GetRequiredService<TimeProvider>(),
            loggers.CreateLogger<KafkaTriggerListener>());
    }

    private GroupConsumerOptions Options(FunctionDescriptor function)
    {
        var host = services.GetRequiredService<KafkaHostOptions>();
        var group = Setting(function, "consumerGroup");
        if (group.Length == 0)
        {
            throw new SelfHostException($"{function.Name} has no consumer group. Write ConsumerGroup = \"...\" in its [KafkaTrigger].");
        }

        return new GroupConsumerOptions(group, Setting(function, "topic"))
        {
            MaxBatchRecords = host.MaxBatchSize,
            FromLatest = host.AutoOffsetReset == OffsetReset.Latest,
            ClientProperties = KafkaClientProperties.Of(host),
        };
    }

    private IGroupConsumer CreateConsumer(FunctionDescriptor function, GroupConsumerOptions options, TriggerTrace? trace)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var runner = new BatchRunner(function, services.GetRequiredService<IFunctionInvoker>(), trace, time, loggers.CreateLogger<BatchRunner>());
        var logger = loggers.CreateLogger("KafkaFunctions.KafkaTrigger");
        var observer = new PartitionCounter(services.GetRequiredService<HostInstruments>(), function.Name, trace?.Observe(function.Name));
        return KafkaConnection.IsEmbedded(configuration)
            ? new EmbeddedGroupConsumer<KafkaRecord>(services.GetRequiredService<EmbeddedLog>(), options, KafkaRecordMapping.ToKafkaRecord, runner.RunAsync, logger, observer, time)
            : new KafkaGroupConsumer<KafkaRecord>(services.GetRequiredService<KafkaClientFactory>(), options, KafkaRecordMapping.ToKafkaRecord, runner.RunAsync, logger, observer, time);
    }

    private string Setting(FunctionDescriptor function, string property) =>
        SettingReferences.Resolve(configuration, function.Trigger.GetString(property) ?? "");
}
