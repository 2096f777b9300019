using System.Diagnostics;
using System.Diagnostics.Metrics;
using KafkaFunctions.Streams.Telemetry;

namespace KafkaFunctions.Tables.Telemetry;

/// <summary>What the storage accounts tell. Safe for concurrent use.</summary>
internal sealed class TablesInstruments
{
    /// <summary>Name of the meter and of the source of spans.</summary>
    public const string Name = "KafkaFunctions.Tables";

    private static readonly ActivitySource Source = new(Name);

    private readonly StorageTelemetry _storage;

    /// <param name="meters">Makes the meter; null for one of its own.</param>
    public TablesInstruments(IMeterFactory? meters)
    {
        var meter = Meters.Of(meters, Name);
        _storage = new StorageTelemetry(meter);
    }

    /// <summary>Begins the counters of an account.</summary>
    public void Announce(string account) => _storage.Announce(account);

    /// <summary>A request is sent again.</summary>
    public void Retried(string account) => _storage.Retried(account);

    /// <summary>Sends one request, in a span, and measures it.</summary>
    /// <param name="account">The account.</param>
    /// <param name="store">The store.</param>
    /// <param name="operation">One of <see cref="StorageOperation"/>.</param>
    /// <param name="rows">How many rows it is about.</param>
    /// <param name="send">Sends it.</param>
    /// <param name="cancellationToken">Handed on.</param>
    public async Task<T> MeasureAsync<T>(
        string account, string store, string operation, int rows, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        using var span = Start(account, store, operation, rows);
        var started = Stopwatch.GetTimestamp();
        var outcome = StorageTelemetry.Ok;
        try
        {
            return await send(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failed)
        {
            outcome = OutcomeOf(TableFaults.Of(failed));
            span?.SetTag(MessagingNames.ErrorType, outcome).SetStatus(ActivityStatusCode.Error);
            throw;
        }
        finally
        {
            _storage.Answered(account, operation, outcome, Stopwatch.GetElapsedTime(started));
        }
    }

    private static string OutcomeOf(TableFault fault) => fault switch
    {
        TableFault.Conflict => StorageTelemetry.Conflict,
        TableFault.Throttled => StorageTelemetry.Throttled,
        TableFault.Transient => StorageTelemetry.Unavailable,
        TableFault.Access => "refused",
        TableFault.TableMissing => "missing",
        _ => StorageTelemetry.Failed,
    };

    private static Activity? Start(string account, string store, string operation, int rows) =>
        !Source.HasListeners() ? null : Source.StartActivity($"{operation} {store}", ActivityKind.Client)?
            .SetTag("db.system.name", "azure.tables")
            .SetTag("db.operation.name", operation)
            .SetTag("db.operation.batch.size", rows)
            .SetTag("db.collection.name", store)
            .SetTag("db.namespace", account);
}
