using System.Globalization;
using KafkaFunctions.Embedded.Storage;
using KafkaFunctions.Streams.State;
using Microsoft.Data.Sqlite;

namespace KafkaFunctions.Embedded.State;

/// <summary>A reader's connection. Every call sees the file as of one moment. For one thread at a time.</summary>
internal sealed class StateReadSession : IDisposable
{
    // Bounds what a page of a range takes of memory, and how long it keeps the write-ahead log from being cut.
    private const int PageRows = 1_000;
    private const int PageBytes = 1024 * 1024;

    private readonly SqliteConnection _connection;
    private readonly PreparedStatement _begin;
    private readonly PreparedStatement _end;
    private readonly PreparedStatement _list;
    private readonly PreparedStatement _findStore;
    private readonly PreparedStatement _findLeftover;
    private readonly PreparedStatement _read;
    private readonly PreparedStatement _scan;
    private readonly PreparedStatement _scanToEnd;

    public StateReadSession(StateDatabase database)
    {
        _connection = database.OpenReader();
        _begin = Prepare("BEGIN");
        _end = Prepare("COMMIT");
        _list = Prepare("SELECT name FROM stores WHERE name IS NOT NULL ORDER BY name");
        _findStore = Prepare(StateWriteSession.FindStoreSql);
        _findLeftover = Prepare(StateWriteSession.FindLeftoverSql);
        _read = Prepare("SELECT etag, value FROM state_rows WHERE store_id = ?1 AND bucket = ?2 AND row_key = ?3");
        _scan = Prepare(ScanSql("AND row_key < ?4"));
        _scanToEnd = Prepare(ScanSql(""));
    }

    public List<string> ListStores()
    {
        var names = new List<string>();
        while (_list.Step())
        {
            names.Add(_list.Text(0));
        }

        return names;
    }

    public bool HasStore(string name) => _findStore.Bind(1, name).Number() is not null;

    /// <summary>Whether there are stores without name.</summary>
    public bool HasLeftover() => _findLeftover.Number() is not null;

    /// <returns>Rows by the index of their key; null where there is no such store.</returns>
    public StateRow?[]? Read(string store, StateBucket bucket, IReadOnlyList<StateKey> keys)
    {
        _begin.Execute();
        var rows = _findStore.Bind(1, store).Number() is { } id ? Read(id, bucket, keys) : null;
        _end.Execute();
        return rows;
    }

    /// <returns>The first rows of the range, and whether there may be more; null where there is no such store.</returns>
    public (List<StateRow> Rows, bool IsLast)? Scan(string store, StateBucket bucket, StateRange range)
    {
        _begin.Execute();
        (List<StateRow>, bool)? page = _findStore.Bind(1, store).Number() is { } id ? Scan(id, bucket, range) : null;
        _end.Execute();
        return page;
    }

    public void Dispose()
    {
        foreach (var statement in (PreparedStatement[])[_begin, _end, _list, _findStore, _findLeftover, _read, _scan, _scanToEnd])
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    private StateRow?[] Read(long storeId, StateBucket bucket, IReadOnlyList<StateKey> keys)
    {
        var rows = new StateRow?[keys.Count];
        _read.Bind(1, storeId).Bind(2, bucket.Number);
        for (var i = 0; i < rows.Length; i++)
        {
            if (_read.Bind(3, keys[i].Bytes).Step())
            {
                rows[i] = new StateRow(keys[i], _read.Bytes(1), ETag(_read.Number(0)));
                _read.Reset();
            }
        }

        return rows;
    }

    private (List<StateRow> Rows, bool IsLast) Scan(long storeId, StateBucket bucket, StateRange range)
    {
        var query = range.Before is null ? _scanToEnd : _scan;
        query.Bind(1, storeId).Bind(2, bucket.Number).Bind(3, range.From.GetValueOrDefault().Bytes);
        if (range.Before is { } before)
        {
            query.Bind(4, before.Bytes);
        }

        var rows = new List<StateRow>();
        var bytes = 0;
        while (query.Step())
        {
            var row = new StateRow(new StateKey(query.Bytes(0)), query.Bytes(2), ETag(query.Number(1)));
            rows.Add(row);
            bytes += row.Value.Length;
            if (rows.Count == PageRows || bytes >= PageBytes)
            {
                query.Reset();
                return (rows, false);
            }
        }

        return (rows, true);
    }

    private PreparedStatement Prepare(string sql) => new(_connection, sql);

    private static string ETag(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string ScanSql(string end) =>
        $"SELECT row_key, etag, value FROM state_rows WHERE store_id = ?1 AND bucket = ?2 AND row_key >= ?3 {end} ORDER BY row_key";
}
