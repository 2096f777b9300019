using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.Streams;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.SelfHost.Triggers;

/// <summary>Holds the listeners of all functions.</summary>
internal sealed partial class TriggerHost(IEnumerable<ITriggerListenerFactory> factories, TimeProvider time, ILogger<TriggerHost> logger) : IDisposable
{
    /// <summary>How long running invocations may take to end when the host stops.</summary>
    public static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(30);

    private readonly Dictionary<FunctionDescriptor, ITriggerListener> _listeners = [];
    private bool _prepared;

    /// <summary>Whether every listener has started.</summary>
    public bool AreRunning { get; private set; }

    /// <summary>The listeners that do not have yet what they listen to.</summary>
    public IEnumerable<string> Waiting => _listeners.Where(entry => !entry.Value.IsReady).Select(entry => $"{entry.Key.Name} ({entry.Value.Description})");

    public ITriggerListener? Find(FunctionDescriptor function) => _listeners.GetValueOrDefault(function);

    /// <summary>Makes the listeners; HTTP functions need none.</summary>
    /// <exception cref="SelfHostException">Triggers are wrong; all of them are named.</exception>
    public void Create(IEnumerable<FunctionDescriptor> functions)
    {
        var errors = new List<(string Function, string Message)>();
        foreach (var function in functions.Where(function => !function.Trigger.IsOfType(BindingTypes.HttpTrigger)))
        {
            try
            {
                var factory = factories.FirstOrDefault(factory => function.Trigger.IsOfType(factory.TriggerType))
                    ?? throw new SelfHostException($"this host has no trigger of type '{function.Trigger.Type}'. It has [KafkaTrigger], [HttpTrigger] and [TimerTrigger].");
                _listeners.Add(function, factory.Create(function));
            }
            catch (KafkaFunctionsException wrong)
            {
                errors.Add(($"'{function.Name}'", wrong.Message));
            }
        }

        ThrowIfAny(errors);
    }

    /// <summary>Makes the triggers ready for their start, in the background.</summary>
    public void Prepare()
    {
        _prepared = true;
        foreach (var listener in _listeners.Values)
        {
            listener.Prepare();
        }
    }

    /// <exception cref="SelfHostException">Listeners cannot start; all of them are named.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var errors = await Task.WhenAll(_listeners.Select(entry => StartAsync(entry.Key, entry.Value, cancellationToken))).ConfigureAwait(false);
        ThrowIfAny(errors.OfType<(string, string)>());
        AreRunning = true;
    }

    /// <summary>Stops the listeners and waits for running invocations, at most <see cref="DrainTime"/>.</summary>
    public async Task StopAsync()
    {
        AreRunning = false;
        if (!_prepared)
        {
            return;
        }

        _prepared = false;
        using var timeout = new CancellationTokenSource(DrainTime, time);
        await Task.WhenAll(_listeners.Values.Select(listener => StopAsync(listener, timeout.Token))).ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (var listener in _listeners.Values.OfType<IDisposable>())
        {
            listener.Dispose();
        }
    }

    /// <summary>What fails several functions alike is told once.</summary>
    private static void ThrowIfAny(IEnumerable<(string Function, string Message)> errors)
    {
        string[] lines =
        [
            .. errors.GroupBy(error => error.Message, error => error.Function).Select(cause =>
                $"{(cause.Count() == 1 ? "Function" : "Functions")} {string.Join(", ", cause)}: {cause.Key}"),
        ];
        if (lines.Length > 0)
        {
            throw new SelfHostException(lines);
        }
    }

    private static async Task<(string Function, string Message)?> StartAsync(FunctionDescriptor function, ITriggerListener listener, CancellationToken cancellationToken)
    {
        try
        {
            await listener.StartAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (KafkaFunctionsException failure)
        {
            return ($"'{function.Name}' ({listener.Description})", failure.Message);
        }
    }

    private async Task StopAsync(ITriggerListener listener, CancellationToken cancellationToken)
    {
        try
        {
            await listener.StopAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogNotDrained(logger, listener.Description, DrainTime.TotalSeconds);
        }
#pragma warning disable CA1031 // One listener must not keep the others from stopping.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogStopFailed(logger, listener.Description, failure);
        }
    }
}
