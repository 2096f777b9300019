using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using KafkaFunctions.Embedded.Telemetry;
using KafkaFunctions.Streams;
using KafkaFunctions.Streams.State;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace KafkaFunctions.Embedded.State;

/// <summary>State in a file (SQLite): what the platform uses where no storage account is configured. Safe for concurrent use, and
/// several processes may open the same directory. What is acknowledged outlives a killed process.</summary>
/// <remarks>Reads do file I/O on the caller's thread; writes are done by one thread, many in one transaction. Every member raises
/// <see cref="ObjectDisposedException"/> after <see cref="DisposeAsync"/>.</remarks>
public sealed partial class SqliteStateStorage : IStateStorage
{
    private readonly StateDatabase _database;
    private readonly ILogger _logger;
    private readonly StateReaders _readers;
    private readonly StateWriter _writer;
    private readonly StateRequests _requests;
    private readonly ConcurrentDictionary<string, SqliteStateStore> _stores = new(StringComparer.Ordinal);
    private readonly Task _leftover;
    private int _disposed;

    private SqliteStateStorage(StateDatabase database, ILogger logger, IMeterFactory? meters)
    {
        _database = database;
        _logger = logger;
        _readers = new StateReaders(database);
        var meter = EmbeddedTelemetry.MeterOf(meters);
        _writer = new StateWriter(database, new FileInstruments(meter, FileInstruments.State, database.FilePath), logger);
        _requests = new StateRequests(meter);
        _leftover = SweepLeftoverAsync();
    }

    /// <summary>The directory of the files.</summary>
    public string DataDirectory => _database.Directory;

    /// <summary>Whether there is state in a directory: opening it would create none.</summary>
    /// <param name="dataDirectory">The directory.</param>
    public static bool Exists(string dataDirectory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(dataDirectory);
        return StateDatabase.Exists(Path.GetFullPath(dataDirectory));
    }

    /// <summary>Opens the state of a directory; creates it where it is missing.</summary>
    /// <param name="dataDirectory">The setting <c>DataDirectory</c>.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="logger">Null for no logs.</param>
    /// <param name="meters">Makes the meter <c>KafkaFunctions.Embedded</c>; null for one of its own.</param>
    /// <exception cref="StateAccessException">The directory or the file cannot be used.</exception>
    /// <exception cref="StateUnavailableException">The disk is full or fails, or another process locks the file.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static SqliteStateStorage Open(string dataDirectory, SqliteStateOptions? options = null, ILogger? logger = null, IMeterFactory? meters = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(dataDirectory);
        options ??= new SqliteStateOptions();
        options.Validate();
        logger ??= NullLogger.Instance;
        var database = new StateDatabase(Path.GetFullPath(dataDirectory), options);
        database.Prepare();
        Opened(logger, database.FilePath);
        return new SqliteStateStorage(database, logger, meters);
    }

    /// <inheritdoc/>
    public async ValueTask<IStateStore> OpenAsync(string name, CancellationToken cancellationToken)
    {
        StateRules.CheckName(name);
        cancellationToken.ThrowIfCancellationRequested();
        if (!_readers.Read(name, session => session.HasStore(name)))
        {
            await RunAsync(name, session => session.CreateStore(name), cancellationToken).ConfigureAwait(false);
        }

        return _stores.GetOrAdd(name, key => new SqliteStateStore(key, _database, _readers, _writer, _requests));
    }

#pragma warning disable CS1998 // The read is done on the caller's thread; its errors are the task's, as they are elsewhere.
    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
#pragma warning restore CS1998
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _readers.Read(null, session =>
        {
            _database.ThrowIfGone();
            return session.ListStores();
        });
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        StateRules.CheckName(name);
        cancellationToken.ThrowIfCancellationRequested();
        var deleted = await RunAsync(name, session => session.ForgetStore(name), cancellationToken).ConfigureAwait(false);
        if (deleted)
        {
            await SweepAsync(cancellationToken).ConfigureAwait(false);
        }

        return deleted;
    }

    /// <summary>Ends what is being written, then closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _writer.Dispose();
        _readers.Dispose();
        await _leftover.ConfigureAwait(false);
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        while (await RunAsync(null, session => session.Sweep(), cancellationToken).ConfigureAwait(false))
        {
        }
    }

    // Rows of stores whose deletion was cut short.
    private async Task SweepLeftoverAsync()
    {
        try
        {
            if (!_readers.Read(null, session => session.HasLeftover()))
            {
                return;
            }

            await SweepAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (error is KafkaFunctionsException or ObjectDisposedException)
        {
            NotSwept(error.Message);
        }
    }

    private Task<bool> RunAsync(string? store, Func<StateWriteSession, bool> write, CancellationToken cancellationToken) =>
        _writer.Enqueue(new StoreJob(store, write)).WaitAsync(cancellationToken);

    [LoggerMessage(EventId = 4200, Level = LogLevel.Information, Message = "Embedded state opened: {Path}")]
    private static partial void Opened(ILogger logger, string path);

    [LoggerMessage(EventId = 4201, Level = LogLevel.Debug, Message = "Rows of deleted stores are left for the next start: {Reason}")]
    private partial void NotSwept(string reason);
}
