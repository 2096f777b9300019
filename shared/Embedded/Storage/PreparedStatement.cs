using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KafkaFunctions.Embedded.Storage;

/// <summary>A statement without the client library's objects around each run, for thousands of small runs in a transaction.
/// For one thread.</summary>
internal sealed class PreparedStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;

    public PreparedStatement(SqliteConnection connection, string sql)
    {
        _connection = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public PreparedStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    public PreparedStatement Bind(int parameter, string value)
    {
        Check(raw.sqlite3_bind_text(_statement, parameter, value));
        return this;
    }

    // No bytes at all would be bound as null.
    public PreparedStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, parameter, 0) : raw.sqlite3_bind_blob(_statement, parameter, value));
        return this;
    }

    /// <summary>Goes to the next row of the result.</summary>
    /// <returns>False behind the last row; then the statement can be bound and run again.</returns>
    public bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW)
        {
            return true;
        }

        // The error's text is the connection's until the next call.
        var error = result == raw.SQLITE_DONE ? null : ErrorOf(result);
        Reset();
        return error is null ? false : throw error;
    }

    /// <summary>Runs a statement without a result.</summary>
    /// <returns>Number of rows that it changed.</returns>
    public int Execute()
    {
        while (Step())
        {
        }

        return raw.sqlite3_changes(_connection);
    }

    /// <summary>The first column of the only row; null without row.</summary>
    public long? Number()
    {
        long? number = Step() ? Number(0) : null;
        Reset();
        return number;
    }

    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    /// <summary>Ends a run before its last row. Its error, if there was one, has been raised by the step.</summary>
    public void Reset() => _ = raw.sqlite3_reset(_statement);

    public void Dispose() => _statement.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw ErrorOf(result);
        }
    }

    private SqliteException ErrorOf(int result) =>
        new(raw.sqlite3_errmsg(_connection).utf8_to_string(), result & 0xFF, raw.sqlite3_extended_errcode(_connection));
}
