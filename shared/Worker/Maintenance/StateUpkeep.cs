using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.Windows.Maintenance;
using KafkaFunctions.Worker.Catalog;
using KafkaFunctions.Worker.Outputs;
using KafkaFunctions.Worker.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Worker.Maintenance;

/// <summary>What timer functions do for the windows of all functions of the app. Several instances may run it: each function's turn is
/// under a lease. Safe for concurrent use.</summary>
public sealed partial class StateUpkeep
{
    private readonly StoreCatalog _stores;
    private readonly FunctionCatalog _functions;
    private readonly StateRuntime _state;
    private readonly OutputDispatcher _dispatcher;
    private readonly WorkerInstruments _instruments;
    private readonly string _application;
    private readonly ILogger<StateUpkeep> _logger;

    internal StateUpkeep(
        StoreCatalog stores,
        FunctionCatalog functions,
        StateRuntime state,
        OutputDispatcher dispatcher,
        WorkerInstruments instruments,
        IOptions<OutputOptions> options,
        ILogger<StateUpkeep> logger)
    {
        _stores = stores;
        _functions = functions;
        _state = state;
        _dispatcher = dispatcher;
        _instruments = instruments;
        _application = options.Value.Application;
        _logger = logger;
    }

    /// <summary>Closes windows of topics that are quiet for longer than <c>CloseAfterIdle</c> allows, and publishes their results.</summary>
    /// <param name="cancellationToken">Stops it; the next run does what is left.</param>
    /// <returns>How many results were published.</returns>
    public async Task<int> CloseIdleAsync(CancellationToken cancellationToken = default)
    {
        var published = 0;
        foreach (var (function, maintenance) in All())
        {
            var results = await maintenance.CloseIdleAsync((result, token) => PublishAsync(function, result, token), cancellationToken).ConfigureAwait(false);
            published += results;
            if (results > 0)
            {
                LogClosed(function.Name, results);
            }
        }

        return published;
    }

    /// <summary>Deletes the rows of keys whose windows, or records of a join, are gone.</summary>
    /// <param name="cancellationToken">Stops it; the next run does what is left.</param>
    /// <returns>How many keys were deleted.</returns>
    public async Task<int> DeleteExpiredAsync(CancellationToken cancellationToken = default)
    {
        var deleted = 0;
        foreach (var (function, maintenance) in All())
        {
            var keys = await maintenance.DeleteExpiredAsync(cancellationToken).ConfigureAwait(false);
            deleted += keys;
            if (keys > 0)
            {
                LogDeleted(function.Name, keys);
            }
        }

        return deleted;
    }

    private IEnumerable<(FunctionEntry Function, StateMaintenance Maintenance)> All() =>
        from processor in _stores.Processors
        let function = _functions.Find(processor.Function)
        where function is not null
        select (function, new StateMaintenance(
            processor.Processor,
            _state,
            new StreamFunction(function.Name, _functions.HonouredBy(function, _application)) { TopicOf = _functions.TopicOf }));

    private async Task PublishAsync(FunctionEntry function, StreamResult results, CancellationToken cancellationToken)
    {
        var (published, letters) = await _dispatcher.DispatchResultsAsync(function, Route(function, results), results.FailedResults, cancellationToken).ConfigureAwait(false);
        _instruments.ResultsPublished(function.Name, published, letters);
    }

    /// <summary>There is no invocation to ask: an output goes to the binding of its name, or to the only one.</summary>
    private static List<PendingOutputs> Route(FunctionEntry function, StreamResult results) =>
    [
        .. from output in results.Outputs
           where results[output].Count > 0
           let binding = function.Outputs.FirstOrDefault(binding => binding.Binding == output)
               ?? throw new InvalidOperationException($"Final results of output '{output}' of {function.Name} have no topic. Name the output in To(…) like the property of the result with [KafkaOutput] that takes its records.")
           select new PendingOutputs(binding.Topic, results[output]),
    ];

    [LoggerMessage(EventId = 5601, Level = LogLevel.Information, Message = "{Function}: published {Results} results of windows that were closed as no record came")]
    private partial void LogClosed(string function, int results);

    [LoggerMessage(EventId = 5602, Level = LogLevel.Information, Message = "{Function}: deleted {Keys} keys whose windows are gone")]
    private partial void LogDeleted(string function, int keys);
}
