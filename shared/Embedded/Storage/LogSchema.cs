using System.Globalization;
using Microsoft.Data.Sqlite;

namespace KafkaFunctions.Embedded.Storage;

/// <summary>The tables of the event log. A released table or column is never renamed; what changes gets a new version.</summary>
internal static class LogSchema
{
    public const int Version = 1;

    // "KFEL": tells the event log from any other SQLite file.
    public const int ApplicationId = 0x4B46454C;

    // batches: consecutive records of a partition in one value (RecordEncoder), named by the offset of the last.
    private const string Tables = """
        CREATE TABLE topics (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            retention_ms INTEGER,
            max_record_bytes INTEGER);
        CREATE TABLE partitions (
            id INTEGER PRIMARY KEY,
            topic_id INTEGER NOT NULL,
            number INTEGER NOT NULL,
            start_offset INTEGER NOT NULL DEFAULT 0,
            next_offset INTEGER NOT NULL DEFAULT 0,
            UNIQUE (topic_id, number));
        CREATE TABLE batches (
            id INTEGER PRIMARY KEY,
            partition_id INTEGER NOT NULL,
            last_offset INTEGER NOT NULL,
            record_count INTEGER NOT NULL,
            appended_at_ms INTEGER NOT NULL,
            records BLOB NOT NULL);
        CREATE UNIQUE INDEX batches_by_offset ON batches (partition_id, last_offset);
        CREATE TABLE consumer_groups (
            name TEXT PRIMARY KEY,
            epoch INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE committed_offsets (
            consumer_group TEXT NOT NULL,
            partition_id INTEGER NOT NULL,
            next_offset INTEGER NOT NULL,
            PRIMARY KEY (consumer_group, partition_id)) WITHOUT ROWID;
        """;

    private static readonly string Create = string.Create(
        CultureInfo.InvariantCulture,
        $"{Tables} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version};");

    /// <summary>What the file is, and of which version; a new, empty file is version 0 of nothing.</summary>
    public static (bool IsEmpty, bool IsEventLog, long Version) Inspect(SqliteConnection connection) => (
        Number(connection, "SELECT count(*) FROM sqlite_schema") == 0,
        Number(connection, "PRAGMA application_id") == ApplicationId,
        Number(connection, "PRAGMA user_version"));

    /// <summary>Creates the tables, unless another process just did.</summary>
    public static void CreateIfEmpty(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        if (Inspect(connection).IsEmpty)
        {
            using var create = new Statement(connection, Create);
            create.Execute();
        }

        transaction.Commit();
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var statement = new Statement(connection, sql);
        return (long)statement.Scalar()!;
    }
}
