using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace KafkaFunctions.Embedded.Storage;

/// <summary>Lends readers' connections: as many as read at the same time, beside the writer.</summary>
internal sealed class ReadPool(LogDatabase database) : IDisposable
{
    private readonly ConcurrentBag<ReadSession> _idle = [];
    private volatile bool _closed;

    /// <summary>Runs a read on a connection of its own.</summary>
    /// <exception cref="EmbeddedLogException">The file cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The log is closed.</exception>
    public TResult Read<TState, TResult>(TState state, Func<ReadSession, TState, TResult> read)
    {
        ObjectDisposedException.ThrowIf(_closed, typeof(EmbeddedLog));
        ReadSession? session = null;
        try
        {
            if (!_idle.TryTake(out session))
            {
                session = new ReadSession(database.OpenReader());
            }

            var result = read(session, state);
            Return(session);
            return result;
        }
        catch (Exception error)
        {
            session?.Dispose();
            if (error is SqliteException)
            {
                throw database.Errors.Translate(error);
            }

            throw;
        }
    }

    public void Dispose()
    {
        _closed = true;
        DisposeIdle();
    }

    private void Return(ReadSession session)
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
