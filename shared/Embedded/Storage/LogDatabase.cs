using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KafkaFunctions.Embedded.Storage;

/// <summary>Opens connections to the event log's file.</summary>
internal sealed class LogDatabase
{
    private const string FileName = "events.db";

    // A larger write-ahead log means fewer checkpoints under load (4,000 pages are 16 MiB); it is cut back afterwards.
    private const int CheckpointPages = 4_000;
    private const long WriteAheadLogBytesKept = 64L * 1024 * 1024;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(1);

    private readonly EmbeddedLogOptions _options;

    public LogDatabase(string directory, EmbeddedLogOptions options)
    {
        _options = options;
        Directory = directory;
        FilePath = Path.Combine(directory, FileName);
        Errors = new StorageErrors(directory, FilePath);
    }

    public string Directory { get; }

    public string FilePath { get; }

    public StorageErrors Errors { get; }

    /// <summary>Creates directory, file and tables where they are missing, and refuses a file that is no event log.</summary>
    public void Prepare()
    {
        try
        {
            System.IO.Directory.CreateDirectory(Directory);
            using var connection = Connect();
            var (isEmpty, isEventLog, version) = LogSchema.Inspect(connection);
            if (!isEmpty && !isEventLog)
            {
                throw Errors.NotAnEventLog();
            }

            if (version > LogSchema.Version)
            {
                throw Errors.NewerVersion(version);
            }

            EnableWriteAheadLog(connection);
            LogSchema.CreateIfEmpty(connection);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw Errors.Translate(error);
        }
    }

    public SqliteConnection OpenReader()
    {
        var connection = Connect();
        Execute(connection, "PRAGMA query_only = 1");
        return connection;
    }

    public SqliteConnection OpenWriter()
    {
        var connection = Connect();
        Execute(connection, _options.Durability == EmbeddedDurability.Full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA wal_autocheckpoint = {CheckpointPages}"));
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA journal_size_limit = {WriteAheadLogBytesKept}"));
        if (_options.MaxPages is { } pages)
        {
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {pages}"));
        }

        // BeginWrite waits by itself.
        Execute(connection, "PRAGMA busy_timeout = 0");
        return connection;
    }

    /// <summary>Begins a transaction that no other process can write beside.</summary>
    /// <remarks>SQLite's own wait backs off to 100 ms, which a process that writes without pause would starve.</remarks>
    public void BeginWrite(SqliteConnection connection) =>
        Retry(() => raw.sqlite3_exec(connection.Handle, "BEGIN IMMEDIATE"), connection);

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = FilePath,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            // The client's own wait for a lock, in steps of 150 ms, shall not follow SQLite's.
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {(long)_options.LockTimeout.TotalMilliseconds}"));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // SQLite does not wait for other connections here.
    private void EnableWriteAheadLog(SqliteConnection connection) =>
        Retry(() => raw.sqlite3_exec(connection.Handle, "PRAGMA journal_mode = WAL"), connection);

    private void Retry(Func<int> attempt, SqliteConnection connection)
    {
        var started = Stopwatch.GetTimestamp();
        int result;
        while ((result = attempt()) == raw.SQLITE_BUSY && Stopwatch.GetElapsedTime(started) < _options.LockTimeout)
        {
            Thread.Sleep(RetryDelay);
        }

        SqliteException.ThrowExceptionForRC(result, connection.Handle);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var statement = new Statement(connection, sql);
        statement.Execute();
    }
}
