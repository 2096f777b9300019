using System.Globalization;
using KafkaFunctions.Embedded.Storage;
using Microsoft.Data.Sqlite;

namespace KafkaFunctions.Embedded.State;

/// <summary>The tables of the state file. A released table or column is never renamed; what changes gets a new version.</summary>
internal static class StateSchema
{
    public const int Version = 1;

    // "KFST": tells the state from any other SQLite file.
    public const int ApplicationId = 0x4B465354;

    // A store without name is being deleted. Ids are not used again: another process may still hold them.
    // etags: the last one given, of the whole file.
    private const string Tables = """
        CREATE TABLE stores (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT UNIQUE);
        CREATE TABLE state_rows (
            store_id INTEGER NOT NULL,
            bucket INTEGER NOT NULL,
            row_key BLOB NOT NULL,
            etag INTEGER NOT NULL,
            value BLOB NOT NULL,
            PRIMARY KEY (store_id, bucket, row_key)) WITHOUT ROWID;
        CREATE TABLE etags (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            last INTEGER NOT NULL);
        INSERT INTO etags VALUES (1, 0);
        """;

    private static readonly string Create = string.Create(
        CultureInfo.InvariantCulture,
        $"{Tables} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version};");

    /// <summary>What the file is, and of which version; a new, empty file is version 0 of nothing.</summary>
    public static (bool IsEmpty, bool IsState, long Version) Inspect(SqliteConnection connection) => (
        Number(connection, "SELECT count(*) FROM sqlite_schema") == 0,
        Number(connection, "PRAGMA application_id") == ApplicationId,
        Number(connection, "PRAGMA user_version"));

    /// <summary>Creates the tables, unless another process just did.</summary>
    public static void CreateIfEmpty(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        if (Inspect(connection).IsEmpty)
        {
            SqliteFile.Execute(connection, Create);
        }

        transaction.Commit();
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var statement = new Statement(connection, sql);
        return (long)statement.Scalar()!;
    }
}
