using System.Globalization;
using System.Reflection;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Testing.Instances;
using KafkaFunctions.Worker.Catalog;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.Testing;

/// <summary>Says what a <see cref="PipelineTest"/> runs, and how. Not safe for concurrent use.</summary>
public sealed class PipelineTestBuilder
{
    /// <summary>Default of <see cref="MaxBatchSize"/>: what <c>host.json</c> has.</summary>
    public const int DefaultMaxBatchSize = 4_000;

    private readonly Dictionary<string, int> _partitionsOf = new(StringComparer.Ordinal);

    internal PipelineTestBuilder()
    {
    }

    /// <summary>Partitions of topics that nobody said a number for. Default 1: records are processed in the order they are piped.</summary>
    public int Partitions
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1;

    /// <summary>Most records of a batch. Default 4,000.</summary>
    public int MaxBatchSize
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = DefaultMaxBatchSize;

    /// <summary>Whether a batch is folded in memory first, to one update per key. Off: every update is published. Default true, as in an
    /// app (setting <c>Processing__FoldBatch</c>).</summary>
    public bool FoldBatch { get; set; } = true;

    /// <summary>Cuts batches and orders partitions by chance, the same way for the same number. Null (default): a batch has all there is,
    /// and partitions take turns in a fixed order.</summary>
    public int? Seed { get; set; }

    /// <summary>Where wall time begins. Default 2024-01-01, 00:00 UTC.</summary>
    public DateTimeOffset StartTime { get; set; } = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Stops every run of the test: give it the test framework's token. One for all, so that no call has to name it. Default
    /// none.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>The app's settings, by the names of environment variables (<c>State__Buckets</c>) or of sections (<c>State:Buckets</c>).
    /// The test sees no others: neither the environment nor files. Default none.</summary>
    public IDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);

    internal List<Type> Types { get; } = [];

    internal List<ProcessorFunction> Processors { get; } = [];

    internal List<Action<IFunctionsWorkerApplicationBuilder>> Configurations { get; } = [];

    internal IReadOnlyDictionary<string, int> PartitionsOf => _partitionsOf;

    /// <summary>Adds the functions of a class: its methods with <c>[Function]</c>. Their attributes say topics, groups and outputs.</summary>
    /// <typeparam name="TFunctions">The class.</typeparam>
    /// <exception cref="ArgumentException">The class has no functions.</exception>
    public PipelineTestBuilder Add<TFunctions>() => Add(typeof(TFunctions));

    /// <summary>Adds the functions of a class, which may be static.</summary>
    /// <param name="functions">The class.</param>
    /// <exception cref="ArgumentException">The class has no functions.</exception>
    public PipelineTestBuilder Add(Type functions)
    {
        ArgumentNullException.ThrowIfNull(functions);
        if (!HasFunctions(functions))
        {
            throw new ArgumentException($"{functions.Name} has no method with [Function]. To test a processor without a function, use Add(name, processor, from, to).", nameof(functions));
        }

        if (!Types.Contains(functions))
        {
            Types.Add(functions);
        }

        return this;
    }

    /// <summary>Adds all functions of an assembly. Those with an HTTP trigger are not called.</summary>
    /// <param name="assembly">The assembly.</param>
    public PipelineTestBuilder AddAll(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        foreach (var type in assembly.GetTypes().Where(HasFunctions).OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            Add(type);
        }

        return this;
    }

    /// <summary>Adds a processor without a function around it.</summary>
    /// <param name="name">Its name, as a function's.</param>
    /// <param name="processor">The processor.</param>
    /// <param name="from">The topic that it reads.</param>
    /// <param name="to">The topic of its one output; null (default) for a processor without outputs.</param>
    public PipelineTestBuilder Add(string name, StreamProcessor processor, string from, string? to = null) =>
        Add(name, processor, from, to is null ? new Dictionary<string, string>() : new() { [KafkaOutputBinding.Return] = to });

    /// <summary>Adds a processor with several outputs.</summary>
    /// <param name="name">Its name, as a function's.</param>
    /// <param name="processor">The processor.</param>
    /// <param name="from">The topic that it reads.</param>
    /// <param name="to">The topic of each output, by the name given to <c>To</c>.</param>
    public PipelineTestBuilder Add(string name, StreamProcessor processor, string from, IReadOnlyDictionary<string, string> to)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(processor);
        ArgumentException.ThrowIfNullOrEmpty(from);
        ArgumentNullException.ThrowIfNull(to);
        Processors.Add(new ProcessorFunction(name, processor, from, [.. to.Select(output => new KafkaOutputBinding(output.Key, "", output.Value))]));
        return this;
    }

    /// <summary>Says how many partitions a topic has.</summary>
    /// <param name="name">The topic.</param>
    /// <param name="partitions">How many, at least 1.</param>
    public PipelineTestBuilder Topic(string name, int partitions)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(partitions, 1);
        _partitionsOf[name] = partitions;
        return this;
    }

    /// <summary>Registers services that functions ask for, or takes the place of the app's. Called for each instance: what is registered
    /// as an object is shared by all, what is registered as a type dies with its instance.</summary>
    /// <param name="configure">Registers them.</param>
    public PipelineTestBuilder ConfigureServices(Action<IServiceCollection> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Configure(builder => configure(builder.Services));
    }

    /// <summary>Adds services and middleware, as Program.cs does after <c>AddKafkaFunctions</c>. Called for each instance.</summary>
    /// <param name="configure">Adds them.</param>
    public PipelineTestBuilder Configure(Action<IFunctionsWorkerApplicationBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Configurations.Add(configure);
        return this;
    }

    internal IEnumerable<KeyValuePair<string, string?>> EffectiveSettings() =>
    [
        KeyValuePair.Create<string, string?>("Processing:FoldBatch", FoldBatch.ToString(CultureInfo.InvariantCulture)),
        .. Settings.Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), setting.Value)),
    ];

    private static bool HasFunctions(Type type) => type
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Any(method => method.IsDefined(typeof(FunctionAttribute), inherit: false));
}
