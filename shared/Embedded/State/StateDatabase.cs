using System.Globalization;
using KafkaFunctions.Embedded.Storage;
using Microsoft.Data.Sqlite;

namespace KafkaFunctions.Embedded.State;

/// <summary>Opens connections to the state's file.</summary>
internal sealed class StateDatabase
{
    private const string FileName = "state.db";

    // A row of one page costs a frame of the write-ahead log. Fewer checkpoints (16,000 pages are 64 MiB) write a page that
    // changed many times once, and a page in memory needs no look for its newest frame.
    private const int CheckpointPages = 16_000;
    private const int CacheKibibytes = 32 * 1024;

    private static readonly string Tune = string.Create(
        CultureInfo.InvariantCulture,
        $"PRAGMA wal_autocheckpoint = {CheckpointPages}; PRAGMA cache_size = -{CacheKibibytes}; PRAGMA temp_store = MEMORY;");

    private readonly SqliteStateOptions _options;
    private readonly SqliteFile _file;

    public StateDatabase(string directory, SqliteStateOptions options)
    {
        _options = options;
        Directory = directory;
        _file = new SqliteFile(Path.Combine(directory, FileName), options.LockTimeout);
        Errors = new StateErrors(directory, FilePath);
    }

    /// <summary>Whether a directory has a file of state.</summary>
    public static bool Exists(string directory) => File.Exists(Path.Combine(directory, FileName));

    public string Directory { get; }

    public string FilePath => _file.Path;

    public StateErrors Errors { get; }

    /// <summary>Creates directory, file and tables where they are missing, and refuses a file that is no state.</summary>
    public void Prepare()
    {
        try
        {
            System.IO.Directory.CreateDirectory(Directory);
            using var connection = _file.Create();
            var (isEmpty, isState, version) = StateSchema.Inspect(connection);
            if (!isEmpty && !isState)
            {
                throw Errors.NotState();
            }

            if (version > StateSchema.Version)
            {
                throw Errors.NewerVersion(version);
            }

            _file.EnableWriteAheadLog(connection);
            StateSchema.CreateIfEmpty(connection);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw Errors.Translate(null, error);
        }
    }

    /// <inheritdoc cref="SqliteFile.ThrowIfGone"/>
    public void ThrowIfGone() => _file.ThrowIfGone();

    public SqliteConnection OpenReader() => _file.OpenReader();

    public SqliteConnection OpenWriter()
    {
        var connection = _file.OpenWriter(_options.Durability, _options.MaxPages);

        // What savepoints keep for their undoing needs no file: it is in memory, too.
        SqliteFile.Execute(connection, Tune);
        return connection;
    }

    /// <inheritdoc cref="SqliteFile.BeginWrite"/>
    public void BeginWrite(SqliteConnection connection) => _file.BeginWrite(connection);
}
