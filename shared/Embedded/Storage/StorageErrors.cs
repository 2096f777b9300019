using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KafkaFunctions.Embedded.Storage;

/// <summary>Says what a storage error means to whoever runs the application.</summary>
internal sealed class StorageErrors(string directory, string path)
{
    public EmbeddedLogException Translate(Exception error) => error switch
    {
        EmbeddedLogException known => known,
        SqliteException sqlite => FromSqlite(sqlite),
        UnauthorizedAccessException => NotWritable(error),
        _ => New($"The embedded event log '{path}' cannot be used: {error.Message}", "Name a directory that can be written to.", error),
    };

    public EmbeddedLogException NotAnEventLog(Exception? error = null) =>
        New($"'{path}' is not an event log of this application.", "Move the file away, or name another directory.", error);

    public EmbeddedLogException NewerVersion(long version) => New(
        $"The embedded event log '{path}' has format {version}; this release reads up to format {LogSchema.Version}.",
        "Run the newer release, or name another directory.");

    private EmbeddedLogException FromSqlite(SqliteException error) => error.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => New(
            $"The disk under the embedded event log '{path}' is full; the write was not stored.",
            "Free space there, or name a directory on a larger disk; writes go on by themselves once there is space.",
            error),
        raw.SQLITE_IOERR => New(
            $"The disk under the embedded event log '{path}' failed or is full ({error.Message}); the write was not stored.",
            "Check the disk and its free space, or name a directory on another disk.",
            error),
        raw.SQLITE_READONLY when error.SqliteExtendedErrorCode == raw.SQLITE_READONLY_DBMOVED => New(
            $"The embedded event log '{path}' is gone: somebody has deleted or moved it; the write was not stored.",
            "Put it back, or start the application again to begin anew.",
            error),
        raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM => NotWritable(error),
        raw.SQLITE_NOTADB => NotAnEventLog(error),
        raw.SQLITE_CORRUPT => New(
            $"The embedded event log '{path}' is damaged.",
            "Restore it from a backup, or move it away with its -wal and -shm files to start anew.",
            error),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => New(
            $"The embedded event log '{path}' was locked by another process for too long; the write was not stored.",
            "Stop the process that holds it, or give each application a directory of its own.",
            error),
        _ => New($"The embedded event log '{path}' failed: {error.Message}", "Check the file and its disk.", error),
    };

    private EmbeddedLogException NotWritable(Exception error) => New(
        $"The embedded event log '{path}' cannot be opened for writing.",
        "Give the application's user the right to write there, or name a directory that it can write to.",
        error);

    private EmbeddedLogException New(string problem, string fix, Exception? error = null) => new(directory, problem, fix, error);
}
