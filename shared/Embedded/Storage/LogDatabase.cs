using Microsoft.Data.Sqlite;

namespace KafkaFunctions.Embedded.Storage;

/// <summary>Opens connections to the event log's file.</summary>
internal sealed class LogDatabase
{
    private const string FileName = "events.db";

    private readonly EmbeddedLogOptions _options;
    private readonly SqliteFile _file;

    public LogDatabase(string directory, EmbeddedLogOptions options)
    {
        _options = options;
        Directory = directory;
        _file = new SqliteFile(Path.Combine(directory, FileName), options.LockTimeout);
        Errors = new StorageErrors(directory, FilePath);
    }

    public string Directory { get; }

    public string FilePath => _file.Path;

    public StorageErrors Errors { get; }

    /// <summary>Creates directory, file and tables where they are missing, and refuses a file that is no event log.</summary>
    public void Prepare()
    {
        try
        {
            System.IO.Directory.CreateDirectory(Directory);
            using var connection = _file.Create();
            var (isEmpty, isEventLog, version) = LogSchema.Inspect(connection);
            if (!isEmpty && !isEventLog)
            {
                throw Errors.NotAnEventLog();
            }

            if (version > LogSchema.Version)
            {
                throw Errors.NewerVersion(version);
            }

            _file.EnableWriteAheadLog(connection);
            LogSchema.CreateIfEmpty(connection);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw Errors.Translate(error);
        }
    }

    /// <inheritdoc cref="SqliteFile.IsThere"/>
    public bool IsThere => _file.IsThere;

    public SqliteConnection OpenReader() => _file.OpenReader();

    public SqliteConnection OpenWriter() => _file.OpenWriter(_options.Durability, _options.MaxPages);

    /// <inheritdoc cref="SqliteFile.BeginWrite"/>
    public void BeginWrite(SqliteConnection connection) => _file.BeginWrite(connection);
}
