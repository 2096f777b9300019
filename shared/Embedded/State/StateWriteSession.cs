using KafkaFunctions.Embedded.Storage;
using KafkaFunctions.Streams.State;
using Microsoft.Data.Sqlite;

namespace KafkaFunctions.Embedded.State;

/// <summary>The writer's connection and what can be done on it inside of a transaction. For one thread.</summary>
internal sealed class StateWriteSession : IDisposable
{
    public const string FindStoreSql = "SELECT id FROM stores WHERE name = ?1";
    public const string FindLeftoverSql = "SELECT id FROM stores WHERE name IS NULL LIMIT 1";

    // Bounds how long others wait behind one step of the deletion of a store.
    private const long RowsPerSweep = 1_000;

    /// <summary>Stands for <see cref="StateWrite.AnyETag"/>: given to no row.</summary>
    public const long AnyETag = -2;

    private const string RowOfKey = "WHERE store_id = ?1 AND bucket = ?2 AND row_key = ?3";
    private const string SameRow = $"{RowOfKey} AND etag = ?4";

    private readonly StateDatabase _database;
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, PreparedStatement> _statements = [];
    private readonly Dictionary<string, long> _stores = new(StringComparer.Ordinal);
    private readonly PreparedStatement _insert;
    private readonly PreparedStatement _replace;
    private readonly PreparedStatement _delete;
    private readonly PreparedStatement _put;
    private readonly PreparedStatement _drop;
    private long _lastStoredETag;
    private long _lastETag;
    private bool _hasSavepoints;

    public StateWriteSession(StateDatabase database)
    {
        _database = database;
        _connection = database.OpenWriter();
        _insert = Prepared("INSERT INTO state_rows (store_id, bucket, row_key, etag, value) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING");
        _replace = Prepared($"UPDATE state_rows SET etag = ?5, value = ?6 {SameRow}");
        _delete = Prepared($"DELETE FROM state_rows {SameRow}");
        _put = Prepared("INSERT INTO state_rows (store_id, bucket, row_key, etag, value) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET etag = excluded.etag, value = excluded.value");
        _drop = Prepared($"DELETE FROM state_rows {RowOfKey}");
    }

    /// <summary>Whether a job had to be undone for which there was no savepoint: <see cref="BeginAgain"/>.</summary>
    public bool IsSpoiled { get; private set; }

    /// <summary>Begins a transaction, without savepoints: SQLite would copy every page that a job is the first to change, for what
    /// hardly ever is undone.</summary>
    public void Begin() => Begin(withSavepoints: false);

    /// <summary>Takes everything back and begins anew, with savepoints: all jobs have to be run again.</summary>
    public void BeginAgain()
    {
        Prepared("ROLLBACK").Execute();
        Begin(withSavepoints: true);
    }

    public void Commit()
    {
        if (_lastETag != _lastStoredETag)
        {
            Prepared("UPDATE etags SET last = ?1").Bind(1, _lastETag).Execute();
        }

        Prepared("COMMIT").Execute();
    }

    /// <summary>What follows can be undone by itself, until <see cref="Release"/>.</summary>
    public void Save()
    {
        if (_hasSavepoints)
        {
            Prepared("SAVEPOINT job").Execute();
        }
    }

    public void Release()
    {
        if (_hasSavepoints)
        {
            Prepared("RELEASE job").Execute();
        }
    }

    public void Undo()
    {
        if (_hasSavepoints)
        {
            Prepared("ROLLBACK TO job").Execute();
            Release();
        }
        else
        {
            IsSpoiled = true;
        }
    }

    /// <summary>An ETag that was never given before, and never will be again.</summary>
    public long NextETag() => ++_lastETag;

    public long? FindStore(string name)
    {
        if (!_stores.TryGetValue(name, out var id))
        {
            if (Prepared(FindStoreSql).Bind(1, name).Number() is not { } found)
            {
                return null;
            }

            _stores.Add(name, id = found);
        }

        return id;
    }

    /// <returns>False where it was there.</returns>
    public bool CreateStore(string name) =>
        Prepared("INSERT INTO stores (name) VALUES (?1) ON CONFLICT DO NOTHING").Bind(1, name).Execute() > 0;

    /// <summary>Takes a store's name away; its rows go by and by.</summary>
    /// <returns>False where there is none of the name.</returns>
    public bool ForgetStore(string name)
    {
        _stores.Remove(name);
        return Prepared("UPDATE stores SET name = NULL WHERE name = ?1").Bind(1, name).Execute() > 0;
    }

    /// <summary>Deletes some rows of stores without name.</summary>
    /// <returns>False where there is none left.</returns>
    public bool Sweep()
    {
        if (Prepared(FindLeftoverSql).Number() is not { } id)
        {
            return false;
        }

        var swept = Prepared("""
            DELETE FROM state_rows WHERE store_id = ?1 AND (bucket, row_key) IN
                (SELECT bucket, row_key FROM state_rows WHERE store_id = ?1 LIMIT ?2)
            """).Bind(1, id).Bind(2, RowsPerSweep).Execute();
        if (swept < RowsPerSweep)
        {
            Prepared("DELETE FROM stores WHERE id = ?1").Bind(1, id).Execute();
        }

        return true;
    }

    /// <summary>Writes a row, on its condition.</summary>
    /// <param name="storeId">The store.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="write">What to write.</param>
    /// <param name="readETag">The ETag that the row must have; null where there must be no row; <see cref="AnyETag"/> for no condition.</param>
    /// <param name="etag">The ETag that it gets.</param>
    /// <returns>False where the row is another; nothing is written then.</returns>
    public bool Write(long storeId, StateBucket bucket, in StateWrite write, long? readETag, long etag)
    {
        var key = write.Key.Bytes;
        var changed = (write.Value, readETag) switch
        {
            ({ } value, null) => Same(_insert, storeId, bucket, key).Bind(4, etag).Bind(5, value).Execute(),
            ({ } value, AnyETag) => Same(_put, storeId, bucket, key).Bind(4, etag).Bind(5, value).Execute(),
            (null, AnyETag) => Same(_drop, storeId, bucket, key).Execute(),
            ({ } value, { } read) => Same(_replace, storeId, bucket, key).Bind(4, read).Bind(5, etag).Bind(6, value).Execute(),
            (null, { } read) => Same(_delete, storeId, bucket, key).Bind(4, read).Execute(),
            _ => throw new ArgumentException("A delete needs an ETag.", nameof(write)),
        };
        return changed > 0;
    }

    /// <summary>Closes the connection; an open transaction is rolled back.</summary>
    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    private void Begin(bool withSavepoints)
    {
        _database.BeginWrite(_connection);
        _hasSavepoints = withSavepoints;
        IsSpoiled = false;

        // Other processes may have written since.
        _stores.Clear();
        _lastETag = _lastStoredETag = Prepared("SELECT last FROM etags").Number()!.Value;
    }

    private static PreparedStatement Same(PreparedStatement statement, long storeId, StateBucket bucket, ReadOnlySpan<byte> key) =>
        statement.Bind(1, storeId).Bind(2, bucket.Number).Bind(3, key);

    private PreparedStatement Prepared(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            _statements.Add(sql, statement = new PreparedStatement(_connection, sql));
        }

        return statement;
    }
}
