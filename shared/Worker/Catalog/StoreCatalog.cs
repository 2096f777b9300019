using System.Reflection;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.State.Queries;
using KafkaFunctions.Worker.Outputs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Worker.Catalog;

/// <summary>The stores that the app's functions declare: read from the processors that their classes have in fields, those of
/// functions that do not run here included, and those that were declared. Immutable once read.</summary>
internal sealed partial class StoreCatalog(
    Func<Type[]> functions,
    IEnumerable<DeclaredProcessor> declared,
    IServiceProvider services,
    IOptions<OutputOptions> options,
    ILogger<StoreCatalog> logger) : IStoreCatalog
{
    private const BindingFlags AnyMember = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly Lock _lock = new();
    private readonly List<string> _unreadable = [];
    private IReadOnlyList<(string Function, StreamProcessor Processor)>? _processors;
    private IReadOnlyList<DeclaredStore>? _stores;

    public string Application => options.Value.Application;

    public IReadOnlyList<DeclaredStore> Stores => _stores ??=
    [
        .. Processors
            .SelectMany(function => function.Processor.Stores.Select(store => new DeclaredStore(function.Function, store)))
            .DistinctBy(store => store.Definition.Name)
            .OrderBy(store => store.Definition.Name, StringComparer.Ordinal),
    ];

    /// <summary>The processors of the app's functions.</summary>
    public IReadOnlyList<(string Function, StreamProcessor Processor)> Processors
    {
        get
        {
            lock (_lock)
            {
                return _processors ??= [.. functions().SelectMany(Read), .. declared.Select(known => (known.Function, known.Processor))];
            }
        }
    }

    /// <summary>Functions whose processors could not be read.</summary>
    public IReadOnlyList<string> Unreadable
    {
        get
        {
            _ = Processors;
            return _unreadable;
        }
    }

    private List<(string Function, StreamProcessor Processor)> Read(Type type)
    {
        var fields = type.GetFields(AnyMember).Where(field => field.FieldType == typeof(StreamProcessor)).ToList();
        if (fields.Count == 0 || FunctionOf(type) is not { } function)
        {
            return [];
        }

        try
        {
            using var scope = services.CreateScope();
            var instance = fields.TrueForAll(field => field.IsStatic) ? null : ActivatorUtilities.CreateInstance(scope.ServiceProvider, type);
            using var disposable = instance as IDisposable;
            return [.. fields.Select(field => field.GetValue(field.IsStatic ? null : instance)).OfType<StreamProcessor>().Select(processor => (function, processor))];
        }
#pragma warning disable CA1031 // Whatever a function's constructor raises: the other functions' stores can still be read.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogUnreadable(failure, function);
            _unreadable.Add(function);
            return [];
        }
    }

    /// <summary>The function of a class; of several the one with a Kafka trigger.</summary>
    private static string? FunctionOf(Type type) => (
        from method in type.GetMethods(AnyMember)
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        orderby method.GetParameters().Any(parameter => parameter.GetCustomAttribute<KafkaTriggerAttribute>() is not null) descending
        select function.Name).FirstOrDefault();

    [LoggerMessage(EventId = 5501, Level = LogLevel.Warning, Message = "The stores of {Function} are not known: its class cannot be created here")]
    private partial void LogUnreadable(Exception failure, string function);
}
