using System.Collections.Concurrent;
using KafkaFunctions.Embedded.Telemetry;
using KafkaFunctions.Streams;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Embedded.Storage;

/// <summary>The one thread that writes. Whatever waits when a transaction ends goes into the next one: one flush for many callers.</summary>
internal sealed partial class WriteLoop : IDisposable
{
    // Bounds how long a caller waits for the others of its transaction.
    private const long MaxTransactionBytes = 16L * 1024 * 1024;
    private const int MaxTransactionOperations = 10_000;

    private readonly BlockingCollection<WriteOperation> _queue = [];
    private readonly LogDatabase _database;
    private readonly TimeProvider _timeProvider;
    private readonly FileInstruments _instruments;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private WriteSession? _session;

    public WriteLoop(LogDatabase database, TimeProvider timeProvider, FileInstruments instruments, ILogger logger)
    {
        _database = database;
        _timeProvider = timeProvider;
        _instruments = instruments;
        _logger = logger;
        _thread = new Thread(Run) { IsBackground = true, Name = "embedded log writer" };
        _thread.Start();
    }

    /// <summary>Queues an operation behind all that were queued before.</summary>
    /// <exception cref="ObjectDisposedException">The log is closed.</exception>
    public Task<TResult> Enqueue<TResult>(WriteOperation<TResult> operation)
    {
        try
        {
            _queue.Add(operation);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(EmbeddedLog));
        }

        return operation.Done;
    }

    /// <summary>Writes what is queued and ends.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
    }

    private void Run()
    {
        var group = new List<WriteOperation>();
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            Collect(first, group);
            Write(group);
        }

        _session?.Dispose();
    }

    private void Collect(WriteOperation first, List<WriteOperation> group)
    {
        group.Clear();
        group.Add(first);
        var bytes = first.Bytes;
        while (bytes < MaxTransactionBytes && group.Count < MaxTransactionOperations && _queue.TryTake(out var next))
        {
            group.Add(next);
            bytes += next.Bytes;
        }
    }

    private void Write(List<WriteOperation> group)
    {
        try
        {
            Commit(group);
        }
#pragma warning disable CA1031 // Whatever went wrong belongs to the callers; the writer must live on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Fail(group, error);
            return;
        }

        foreach (var operation in group)
        {
            operation.Complete();
        }
    }

    private void Commit(List<WriteOperation> group)
    {
        var started = _timeProvider.GetTimestamp();
        _session ??= new WriteSession(_database, _timeProvider);
        _session.Begin();
        foreach (var operation in group)
        {
            operation.Run(_session);
        }

        _session.Commit();
        _instruments.Committed(_timeProvider.GetElapsedTime(started));
    }

    private void Fail(List<WriteOperation> group, Exception error)
    {
        // Closing rolls back. A connection that has seen an I/O error is not trusted again.
        CloseSession();

        // What is queued was sent before its sender could know: written now, it would pass the record that failed.
        while (_queue.TryTake(out var next))
        {
            group.Add(next);
        }

        var reason = error is SqliteException or IOException ? _database.Errors.Translate(error) : error;
        // Translated, it says what to do: a stack trace would hide it.
        WriteFailed(reason is KafkaFunctionsException ? null : reason, group.Count, reason.Message);
        foreach (var operation in group)
        {
            operation.Fail(reason);
        }
    }

    private void CloseSession()
    {
        try
        {
            _session?.Dispose();
        }
        catch (SqliteException)
        {
            // The file is in the trouble that the callers are told of.
        }

        _session = null;
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Error, Message = "{Operations} writes to the embedded event log failed: {Reason}")]
    private partial void WriteFailed(Exception? error, int operations, string reason);
}
