using KafkaFunctions.Streams;
using KafkaFunctions.Streams.State;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KafkaFunctions.Embedded.State;

/// <summary>Says what a storage error means to whoever runs the application, and whether waiting helps.</summary>
internal sealed class StateErrors(string directory, string path)
{
    private const string NoStore = "(any)";

    /// <param name="store">The store; null where it is about the whole file.</param>
    /// <param name="error">What was raised.</param>
    public KafkaFunctionsException Translate(string? store, Exception error) => error switch
    {
        KafkaFunctionsException known => known,
        SqliteException sqlite => FromSqlite(store, sqlite),
        UnauthorizedAccessException => NotWritable(store, error),
        _ => Refused(store, $"The embedded state '{path}' cannot be used: {error.Message}", "Name a directory that can be written to.", error),
    };

    public StateAccessException NoSuchStore(string store) => new(
        store, $"There is no store '{store}' in the embedded state '{path}': it was deleted. Start the application again to create it anew.");

    public StateAccessException NotState(Exception? error = null) => Refused(
        null, $"'{path}' is not the state of this application.", "Move the file away, or name another directory.", error);

    public StateAccessException NewerVersion(long version) => Refused(
        null,
        $"The embedded state '{path}' has format {version}; this release reads up to format {StateSchema.Version}.",
        "Run the newer release, or name another directory.");

    private KafkaFunctionsException FromSqlite(string? store, SqliteException error) => error.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => Passing(
            store,
            $"The disk under the embedded state '{path}' is full; nothing was written.",
            "Free space there, or name a directory on a larger disk; writes go on by themselves once there is space.",
            error),
        raw.SQLITE_IOERR => Passing(
            store,
            $"The disk under the embedded state '{path}' failed or is full ({error.Message}).",
            "Check the disk and its free space, or name a directory on another disk.",
            error),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Passing(
            store,
            $"The embedded state '{path}' was locked by another process for too long; nothing was written.",
            "Stop the process that holds it, or give each application a directory of its own.",
            error),
        raw.SQLITE_READONLY when error.SqliteExtendedErrorCode == raw.SQLITE_READONLY_DBMOVED => Passing(
            store,
            $"The embedded state '{path}' is gone: somebody has deleted or moved it; nothing was written.",
            "Put it back, or start the application again to begin anew.",
            error),
        raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM => NotWritable(store, error),
        raw.SQLITE_NOTADB => NotState(error),
        raw.SQLITE_CORRUPT => Refused(
            store,
            $"The embedded state '{path}' is damaged.",
            "Restore it from a backup, or move it away with its -wal and -shm files to start anew.",
            error),
        _ => Refused(store, $"The embedded state '{path}' failed: {error.Message}", "Check the file and its disk.", error),
    };

    private StateAccessException NotWritable(string? store, Exception error) => Refused(
        store,
        $"The embedded state '{path}' cannot be opened for writing.",
        "Give the application's user the right to write there, or name a directory that it can write to.",
        error);

    private StateUnavailableException Passing(string? store, string problem, string fix, Exception error) =>
        new(store ?? NoStore, Message(problem, fix), error);

    private StateAccessException Refused(string? store, string problem, string fix, Exception? error = null) =>
        new(store, Message(problem, fix), error);

    private string Message(string problem, string fix) => $"{problem} {fix} (Setting DataDirectory: '{directory}'.)";
}
