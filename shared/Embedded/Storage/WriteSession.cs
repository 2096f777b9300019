using KafkaFunctions.Embedded.Records;
using Microsoft.Data.Sqlite;

namespace KafkaFunctions.Embedded.Storage;

/// <summary>The writer's connection and what can be done on it inside of a transaction. For one thread.</summary>
internal sealed class WriteSession : IDisposable
{
    private readonly LogDatabase _database;
    private readonly TimeProvider _timeProvider;
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, Statement> _statements = [];
    private readonly Dictionary<long, PartitionTail> _tails = [];

    public WriteSession(LogDatabase database, TimeProvider timeProvider)
    {
        _database = database;
        _timeProvider = timeProvider;
        _connection = database.OpenWriter();
    }

    public void Begin()
    {
        _tails.Clear();
        _database.BeginWrite(_connection);
    }

    public void Commit()
    {
        foreach (var tail in _tails.Values)
        {
            Flush(tail);
            Execute("UPDATE partitions SET next_offset = ?2 WHERE id = ?1", tail.PartitionId, tail.NextOffset);
        }

        Execute("COMMIT");
    }

    /// <summary>Appends to a partition; what other operations of the transaction append is stored together with it.</summary>
    /// <returns>Offset of the first record.</returns>
    public long Append(long partitionId, IReadOnlyList<EncodedRecords> pieces)
    {
        if (!_tails.TryGetValue(partitionId, out var tail))
        {
            var next = (long)Scalar("SELECT next_offset FROM partitions WHERE id = ?1", partitionId)!;
            _tails.Add(partitionId, tail = new PartitionTail(partitionId, next));
        }

        var first = tail.NextOffset;
        foreach (var piece in pieces)
        {
            if (!tail.TryAdd(piece))
            {
                Flush(tail);
                tail.TryAdd(piece);
            }
        }

        return first;
    }

    public int Execute(string sql, params ReadOnlySpan<object?> values) => Prepared(sql, values.Length).Execute(values);

    public object? Scalar(string sql, params ReadOnlySpan<object?> values) => Prepared(sql, values.Length).Scalar(values);

    public SqliteDataReader Query(string sql, params ReadOnlySpan<object?> values) => Prepared(sql, values.Length).Query(values);

    /// <summary>Closes the connection; an open transaction is rolled back.</summary>
    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    private void Flush(PartitionTail tail)
    {
        if (tail.Take() is { Count: > 0 } batch)
        {
            Execute(
                "INSERT INTO batches (partition_id, last_offset, record_count, appended_at_ms, records) VALUES (?1, ?2, ?3, ?4, ?5)",
                tail.PartitionId,
                tail.NextOffset - 1,
                (long)batch.Count,
                _timeProvider.GetUtcNow().ToUnixTimeMilliseconds(),
                batch.Bytes);
        }
    }

    private Statement Prepared(string sql, int parameters)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            _statements.Add(sql, statement = new Statement(_connection, sql, parameters));
        }

        return statement;
    }
}
