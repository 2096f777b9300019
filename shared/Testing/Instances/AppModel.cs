using KafkaFunctions.SelfHost.CommandLine;
using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Invocation;
using KafkaFunctions.SelfHost.Settings;
using KafkaFunctions.SelfHost.Telemetry;
using KafkaFunctions.SelfHost.Timers;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Testing.Brokers;
using KafkaFunctions.Testing.State;
using KafkaFunctions.Testing.Time;
using KafkaFunctions.Worker;
using KafkaFunctions.Worker.Catalog;
using KafkaFunctions.Worker.DeadLetters;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;

namespace KafkaFunctions.Testing.Instances;

/// <summary>What all instances of a test have in common: the functions, their settings, topics and stores.</summary>
internal sealed class AppModel
{
    private readonly Type[] _types;
    private readonly Action<IFunctionsWorkerApplicationBuilder>[] _configure;
    private readonly IConfiguration _configuration;
    private readonly SettingResolver _settings;
    private readonly TestTopics _topics;
    private readonly IStateStorage _storage;

    /// <exception cref="Streams.KafkaFunctionsException">Functions are wrong; everything wrong is named.</exception>
    public AppModel(PipelineTestBuilder builder, TestTopics topics, IStateStorage storage)
    {
        _types = [.. builder.Types];
        _configure = [.. builder.Configurations];
        _topics = topics;
        _storage = storage;
        _configuration = new ConfigurationBuilder().AddInMemoryCollection(builder.EffectiveSettings()).Build();
        _settings = new SettingResolver(_configuration);
        var index = new FunctionIndexer(new FunctionSource(() => _types), [], _settings, _configuration, new HostRunOptions()).Read();
        var processors = builder.Processors.ToArray();
        Catalog = new FunctionCatalog(
            [.. FunctionCatalog.Read(_types, _configuration).Functions, .. processors.Select(processor => processor.Entry)]);
        Functions =
        [
            .. index.Functions.Where(function => function.Trigger.IsOfType(BindingTypes.KafkaTrigger)).Select(ClassFunction),
            .. processors,
        ];
        TimerFunctions = [.. index.Functions.Where(function => function.Trigger.IsOfType(BindingTypes.TimerTrigger))];
    }

    public FunctionCatalog Catalog { get; }

    /// <summary>Functions with a Kafka trigger, in the order in which they take their turns.</summary>
    public IReadOnlyList<TestFunction> Functions { get; }

    public IReadOnlyList<FunctionDescriptor> TimerFunctions { get; }

    public TestTimer CreateTimer(FunctionDescriptor function, DateTimeOffset start) =>
        new(function, TimerSchedule.Parse(_settings.Substitute(function.Trigger.GetString("schedule") ?? ""), TimeZoneInfo.Utc), start);

    public ServiceProvider CreateServices(AppInstance instance)
    {
        var builder = new TestAppBuilder();
        var services = builder.Services;
        services.AddLogging();
        services.AddSingleton(_configuration);
        services.AddSingleton<TimeProvider>(instance.Time);
        services.AddSingleton<IRecordPublisher>(new TestPublisher(_topics, instance));
        services.AddSingleton<ITopicClient>(new TestTopicClient(_topics));
        services.AddSingleton<IStateStorage>(new InstanceStorage(_storage, instance));
        services.AddSingleton(Catalog);
        foreach (var processor in Functions.OfType<ProcessorFunction>())
        {
            services.AddSingleton(processor.Declared);
        }

        services.AddSingleton(_ => new DeadLetterNotices(StillTime.Instance, NullLogger<DeadLetterNotices>.Instance));
        builder.AddPlatform(() => _types);
        foreach (var configure in _configure)
        {
            configure(builder);
        }

        builder.Use(new FunctionSteps(instance).Around);
        AddInvocation(builder);
        return services.BuildServiceProvider();
    }

    private void AddInvocation(TestAppBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(_settings);
        services.AddSingleton<HostInstruments>();
        services.TryAddSingleton<IFunctionActivator, HostFunctionActivator>();
        services.TryAddSingleton<IOutputBindingSink, PublishingOutputBindingSink>();
        services.AddSingleton<IFunctionInvoker, FunctionInvoker>();
        services.AddSingleton(provider => new FunctionPipeline(builder.Middleware, provider.GetRequiredService<IFunctionActivator>()));
    }

    private ClassFunction ClassFunction(FunctionDescriptor function) =>
        new(function, _settings.Resolve(function.Trigger.GetString("topic") ?? ""), _settings.Resolve(function.Trigger.GetString("consumerGroup") ?? ""));
}
