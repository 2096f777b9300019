using System.Diagnostics;
using System.Diagnostics.Metrics;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.Telemetry;

namespace KafkaFunctions.Embedded.Telemetry;

/// <summary>Measures what is asked of the embedded state, as other storages measure their requests. Safe for concurrent use.</summary>
internal sealed class StateRequests
{
    /// <summary>Takes the place of a storage account's name.</summary>
    private const string Account = "embedded";

    private readonly StorageTelemetry _storage;

    /// <param name="meter">The library's meter.</param>
    public StateRequests(Meter meter)
    {
        _storage = new StorageTelemetry(meter);
        _storage.Announce(Account);
    }

    /// <summary>Measures a read.</summary>
    /// <param name="operation">One of <see cref="StorageOperation"/>.</param>
    /// <param name="read">Reads.</param>
    public TResult Measure<TResult>(string operation, Func<TResult> read)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var result = read();
            Answered(operation, StorageTelemetry.Ok, started);
            return result;
        }
        catch (Exception error)
        {
            Answered(operation, OutcomeOf(error), started);
            throw;
        }
    }

    /// <summary>Measures a write.</summary>
    /// <param name="operation">One of <see cref="StorageOperation"/>.</param>
    /// <param name="write">Writes.</param>
    public async Task<TResult> MeasureAsync<TResult>(string operation, Func<Task<TResult>> write)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var result = await write().ConfigureAwait(false);
            Answered(operation, StorageTelemetry.Ok, started);
            return result;
        }
        catch (Exception error)
        {
            Answered(operation, OutcomeOf(error), started);
            throw;
        }
    }

    private static string OutcomeOf(Exception error) => error switch
    {
        StateConflictException => StorageTelemetry.Conflict,
        StateUnavailableException => StorageTelemetry.Unavailable,
        _ => StorageTelemetry.Failed,
    };

    private void Answered(string operation, string outcome, long started) => _storage.Answered(Account, operation, outcome, Stopwatch.GetElapsedTime(started));
}
