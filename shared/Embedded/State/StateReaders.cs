using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace KafkaFunctions.Embedded.State;

/// <summary>Lends readers' connections: as many as read at the same time, beside the writer.</summary>
internal sealed class StateReaders(StateDatabase database) : IDisposable
{
    private readonly ConcurrentBag<StateReadSession> _idle = [];
    private volatile bool _closed;

    /// <summary>Runs a read on a connection of its own.</summary>
    /// <param name="store">The store, for errors; null where it is about all.</param>
    /// <param name="read">The read.</param>
    public TResult Read<TResult>(string? store, Func<StateReadSession, TResult> read)
    {
        ObjectDisposedException.ThrowIf(_closed, typeof(SqliteStateStorage));
        StateReadSession? session = null;
        try
        {
            if (!_idle.TryTake(out session))
            {
                session = new StateReadSession(database);
            }

            var result = read(session);
            Return(session);
            return result;
        }
        catch (Exception error)
        {
            // An open transaction ends with its connection, which is not trusted again.
            session?.Dispose();
            if (error is SqliteException)
            {
                throw database.Errors.Translate(store, error);
            }

            throw;
        }
    }

    public void Dispose()
    {
        _closed = true;
        DisposeIdle();
    }

    private void Return(StateReadSession session)
    {
        _idle.Add(session);
        if (_closed)
        {
            DisposeIdle();
        }
    }

    private void DisposeIdle()
    {
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }
}
