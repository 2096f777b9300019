using KafkaFunctions.Embedded.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Embedded.Appends;

/// <summary>Notices what other processes append. Runs from the first wait on, on a thread of its own: no busy thread pool delays it.</summary>
internal sealed partial class ChangePoller(LogDatabase database, AppendSignals signals, TimeSpan interval, ILogger logger) : IDisposable
{
    private const string Ends = "SELECT id, next_offset FROM partitions";

    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _stop = new();
    private Thread? _thread;

    public void EnsureRunning()
    {
        if (Volatile.Read(ref _thread) is not null)
        {
            return;
        }

        lock (_gate)
        {
            if (_thread is null && !_stop.IsSet)
            {
                var thread = new Thread(Run) { IsBackground = true, Name = "embedded log poller" };
                thread.Start();
                Volatile.Write(ref _thread, thread);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stop.Set();
        }

        _thread?.Join();
        _stop.Dispose();
    }

    private void Run()
    {
        var failing = false;
        while (!_stop.IsSet)
        {
            try
            {
                using var connection = database.OpenReader();
                failing = false;
                Poll(connection);
            }
            catch (SqliteException error)
            {
                if (!failing)
                {
                    PollFailed(database.Errors.Translate(error).Message);
                    failing = true;
                }

                _stop.Wait(interval);
            }
        }
    }

    private void Poll(SqliteConnection connection)
    {
        using var dataVersion = new Statement(connection, "PRAGMA data_version");
        using var ends = new Statement(connection, Ends);
        long? seen = null;
        do
        {
            // The version is read before the ends: what comes between is seen again, not missed.
            var version = (long)dataVersion.Scalar()!;
            if (version != seen)
            {
                Advance(ends);
                seen = version;
            }
        }
        while (!_stop.Wait(interval));
    }

    private void Advance(Statement ends)
    {
        using var row = ends.Query();
        while (row.Read())
        {
            signals.Advance(row.GetInt64(0), row.GetInt64(1));
        }
    }

    [LoggerMessage(EventId = 4002, Level = LogLevel.Warning, Message = "Looking for other processes' appends failed; trying on: {Reason}")]
    private partial void PollFailed(string reason);
}
