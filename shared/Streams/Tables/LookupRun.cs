using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.Telemetry;

namespace KafkaFunctions.Streams.Tables;

/// <summary>The records of a batch that look a table up: each key is read once, buckets at the same time.</summary>
internal sealed class LookupRun<TKey, TValue, TLookup, TTable, TOut>(LookupBarrier<TKey, TValue, TLookup, TTable, TOut> barrier, BatchRun batch)
    : StateBarrierRun
{
    private readonly List<(Record<TKey, TValue> Record, StateKey? Key, int Input)> _records = [];
    private readonly Dictionary<StateKey, RowWork> _rows = [];
    private Dictionary<StateKey, VersionedRow>? _versions;

    public BatchRun Batch => batch;

    public override int Count => _records.Count;

    public override int Emissions => _records.Count;

    public bool KeepsUnmatched => barrier.KeepsUnmatched;

    /// <summary>Adds a record; one without key has no match.</summary>
    public void Add(in Record<TKey, TValue> record, byte[]? key, int input) =>
        _records.Add((record, key is null ? null : RowKeys.Of(RowKeys.Value, key), input));

    public override void Truncate(int count) => _records.RemoveRange(count, _records.Count - count);

    public override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        using var span = StreamsTelemetry.StartLookUp(barrier.Store, _records.Count);
        var table = await batch.State.FindAsync(barrier.Store, cancellationToken).ConfigureAwait(false);
        if (table is null)
        {
            return;
        }

        if (table.Description.Functions.Count > 1)
        {
            throw new StoreMismatchException(
                barrier.Store, table.Description.Owner, $"Store '{barrier.Store}' is that of a join of two tables ({table.Description.Owner}), which has both sides' values. Let a function keep the join's results as a table, and look these up.");
        }

        foreach (var (_, key, _) in _records)
        {
            if (key is { } row && !_rows.ContainsKey(row))
            {
                _rows.Add(row, new RowWork(row, table.BucketOf(row.Bytes[1..])));
            }
        }

        await table.ReadAsync([.. _rows.Values], cancellationToken).ConfigureAwait(false);
        if (table.Description.Kind == VersionedRow.Kind)
        {
            _versions = _rows.Values
                .Where(work => work.Row!.Value is not null)
                .ToDictionary(work => work.Key, work => VersionedRowSerde.Read(table.Store, work.Bucket, work.Key, work.Row!.Value!));
        }
    }

    public override int InputOf(int emission) => _records[emission].Input;

    public override void Forward(int emission, RunContext context)
    {
        var (record, key, _) = _records[emission];
        var (value, timestamp) = Find(key, record.Timestamp);
        if (value is null && !barrier.KeepsUnmatched)
        {
            return;
        }

        var found = value is null ? default : barrier.Table.Value.Deserialize(value);
        var joined = record
            .WithValue(barrier.Joiner(record.Value, found))
            .WithTimestamp(value is null ? record.Timestamp : Math.Max(record.Timestamp, timestamp));
        barrier.Output.Forward(in joined, context);
    }

    /// <summary>What the table has for a key, at a time where it keeps a history.</summary>
    private (byte[]? Value, long Timestamp) Find(StateKey? key, long timestamp)
    {
        if (key is not { } rowKey || !_rows.TryGetValue(rowKey, out var work) || work.Row!.Value is not { } value)
        {
            return (null, timestamp);
        }

        if (_versions is null)
        {
            return (value, work.Row.Timestamp);
        }

        return _versions[rowKey].AsOf(timestamp) is { } version ? (version.Value, version.Timestamp) : (null, timestamp);
    }
}
