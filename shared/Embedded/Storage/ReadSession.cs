using KafkaFunctions.Embedded.Records;
using Microsoft.Data.Sqlite;

namespace KafkaFunctions.Embedded.Storage;

/// <summary>A reader's connection with its prepared statements. For one thread at a time.</summary>
internal sealed class ReadSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, Statement> _statements = [];

    public HeaderNameCache HeaderNames { get; } = new();

    public SqliteDataReader Query(string sql, params ReadOnlySpan<object?> values)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            _statements.Add(sql, statement = new Statement(connection, sql, values.Length));
        }

        return statement.Query(values);
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        connection.Dispose();
    }
}
