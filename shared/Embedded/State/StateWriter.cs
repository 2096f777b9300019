using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using KafkaFunctions.Embedded.Telemetry;
using KafkaFunctions.Streams;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Embedded.State;

/// <summary>The one thread that writes. Whatever comes until a transaction is committed goes into it: one flush for many callers.</summary>
internal sealed partial class StateWriter : IDisposable
{
    // Bounds how long a caller waits for the others of its transaction.
    private const long MaxTransactionBytes = 16L * 1024 * 1024;
    private const int MaxTransactionJobs = 10_000;

    private readonly BlockingCollection<StateJob> _queue = [];
    private readonly StateDatabase _database;
    private readonly FileInstruments _instruments;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private StateWriteSession? _session;

    public StateWriter(StateDatabase database, FileInstruments instruments, ILogger logger)
    {
        _database = database;
        _instruments = instruments;
        _logger = logger;
        _thread = new Thread(Run) { IsBackground = true, Name = "embedded state writer" };
        _thread.Start();
    }

    /// <summary>Queues a job behind all that were queued before.</summary>
    /// <exception cref="ObjectDisposedException">The storage is closed.</exception>
    public Task<TResult> Enqueue<TResult>(StateJob<TResult> job)
    {
        try
        {
            _queue.Add(job);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(SqliteStateStorage));
        }

        return job.Done;
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
        var group = new List<StateJob>();
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            group.Clear();
            group.Add(first);
            Write(group);
        }

        CloseSession();
    }

    private void Write(List<StateJob> group)
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

        foreach (var job in group)
        {
            job.Complete();
        }
    }

    private void Commit(List<StateJob> group)
    {
        var started = Stopwatch.GetTimestamp();
        _session ??= new StateWriteSession(_database);
        _session.Begin();
        var bytes = 0L;
        for (var i = 0; i < group.Count; i++)
        {
            group[i].Run(_session);
            bytes += group[i].Bytes;
            if (_session.IsSpoiled)
            {
                _session.BeginAgain();
                (i, bytes) = (-1, 0);
                continue;
            }

            if (i == group.Count - 1 && bytes < MaxTransactionBytes && group.Count < MaxTransactionJobs && TryTakeNext(out var next))
            {
                group.Add(next);
            }
        }

        _session.Commit();
        _instruments.Committed(Stopwatch.GetElapsedTime(started));
    }

    // Who starts many writes at once is still queueing them while the first ones run, or waits for this thread's processor.
    private bool TryTakeNext([NotNullWhen(true)] out StateJob? next)
    {
        if (_queue.TryTake(out next))
        {
            return true;
        }

        Thread.Yield();
        return _queue.TryTake(out next);
    }

    private void Fail(List<StateJob> group, Exception error)
    {
        // Closing rolls back. A connection that has seen an I/O error is not trusted again.
        CloseSession();
        foreach (var job in group)
        {
            job.Fail(Reason(job.Store, error));
        }

        // Translated, it says what to do: a stack trace would hide it.
        var reason = Reason(null, error);
        WriteFailed(reason is KafkaFunctionsException ? null : reason, group.Count, reason.Message);
    }

    private Exception Reason(string? store, Exception error) =>
        error is SqliteException or IOException ? _database.Errors.Translate(store, error) : error;

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

    [LoggerMessage(EventId = 4202, Level = LogLevel.Error, Message = "{Transactions} transactions of the embedded state failed: {Reason}")]
    private partial void WriteFailed(Exception? error, int transactions, string reason);
}
