using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KafkaFunctions.Embedded.Storage;

/// <summary>Opens connections to a file that several processes use at once, with a write-ahead log.</summary>
internal sealed class SqliteFile(string path, TimeSpan lockTimeout)
{
    // A larger write-ahead log means fewer checkpoints under load (4,000 pages are 16 MiB); it is cut back afterwards.
    private const int CheckpointPages = 4_000;
    private const long WriteAheadLogBytesKept = 64L * 1024 * 1024;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(1);

    public string Path => path;

    /// <summary>Whether the file is where it was opened: nobody has deleted or moved it.</summary>
    public bool IsThere => File.Exists(path);

    /// <summary>Creates the file where it is missing.</summary>
    public SqliteConnection Create() => Connect(SqliteOpenMode.ReadWriteCreate);

    /// <summary>Raises an error where the file was deleted or moved since it was opened: SQLite goes on with what no name leads to any
    /// more, and what it stores there is lost.</summary>
    /// <exception cref="SqliteException">The file is gone.</exception>
    public void ThrowIfGone()
    {
        if (!IsThere)
        {
            throw new SqliteException($"There is no file '{path}'.", raw.SQLITE_READONLY, raw.SQLITE_READONLY_DBMOVED);
        }
    }

    private SqliteConnection Connect(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            // The client's own wait for a lock, in steps of 150 ms, shall not follow SQLite's.
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {(long)lockTimeout.TotalMilliseconds}"));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public SqliteConnection OpenReader()
    {
        ThrowIfGone();
        var connection = Connect(SqliteOpenMode.ReadWrite);
        Execute(connection, "PRAGMA query_only = 1");
        return connection;
    }

    /// <param name="durability">What a commit outlives.</param>
    /// <param name="maxPages">Largest size of the file; null for the disk's.</param>
    public SqliteConnection OpenWriter(EmbeddedDurability durability, long? maxPages)
    {
        ThrowIfGone();
        var connection = Connect(SqliteOpenMode.ReadWrite);
        Execute(connection, durability == EmbeddedDurability.Full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA wal_autocheckpoint = {CheckpointPages}"));
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA journal_size_limit = {WriteAheadLogBytesKept}"));
        if (maxPages is { } pages)
        {
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {pages}"));
        }

        // BeginWrite waits by itself.
        Execute(connection, "PRAGMA busy_timeout = 0");
        return connection;
    }

    // SQLite does not wait for other connections here.
    public void EnableWriteAheadLog(SqliteConnection connection) =>
        Retry(() => raw.sqlite3_exec(connection.Handle, "PRAGMA journal_mode = WAL"), connection);

    /// <summary>Begins a transaction that no other process can write beside.</summary>
    /// <remarks>SQLite's own wait backs off to 100 ms, which a process that writes without pause would starve.</remarks>
    public void BeginWrite(SqliteConnection connection)
    {
        ThrowIfGone();
        Retry(() => raw.sqlite3_exec(connection.Handle, "BEGIN IMMEDIATE"), connection);
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var statement = new Statement(connection, sql);
        statement.Execute();
    }

    private void Retry(Func<int> attempt, SqliteConnection connection)
    {
        var started = Stopwatch.GetTimestamp();
        int result;
        while ((result = attempt()) == raw.SQLITE_BUSY && Stopwatch.GetElapsedTime(started) < lockTimeout)
        {
            Thread.Sleep(RetryDelay);
        }

        SqliteException.ThrowExceptionForRC(result, connection.Handle);
    }
}
