using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Tables;

/// <summary>The records of a batch that look a table up: each key is read once, buckets at the same time.</summary>
internal sealed class LookupRun<TKey, TValue, TLookup, TTable, TOut>(LookupBarrier<TKey, TValue, TLookup, TTable, TOut> barrier, BatchRun batch)
    : StateBarrierRun
{
    private readonly List<(Record<TKey, TValue> Record, StateKey Key, int Input)> _records = [];
    private readonly Dictionary<StateKey, RowWork> _rows = [];

    public BatchRun Batch => batch;

    public override int Count => _records.Count;

    public override int Emissions => _records.Count;

    public void Add(in Record<TKey, TValue> record, byte[] key, int input) => _records.Add((record, RowKeys.Of(RowKeys.Value, key), input));

    public override void Truncate(int count) => _records.RemoveRange(count, _records.Count - count);

    public override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        var table = await batch.State.FindAsync(barrier.Store, cancellationToken).ConfigureAwait(false);
        if (table is null)
        {
            return;
        }

        foreach (var (_, key, _) in _records)
        {
            if (!_rows.ContainsKey(key))
            {
                _rows.Add(key, new RowWork(key, table.BucketOf(key.Bytes[1..])));
            }
        }

        await table.ReadAsync([.. _rows.Values], cancellationToken).ConfigureAwait(false);
    }

    public override int InputOf(int emission) => _records[emission].Input;

    public override void Forward(int emission, RunContext context)
    {
        var (record, key, _) = _records[emission];
        var row = _rows.TryGetValue(key, out var work) ? work.Row! : RowState.Empty;
        if (row.Value is null && !barrier.KeepsUnmatched)
        {
            return;
        }

        var found = row.Value is null ? default : barrier.Table.Value.Deserialize(row.Value);
        var joined = record
            .WithValue(barrier.Joiner(record.Value, found))
            .WithTimestamp(row.Value is null ? record.Timestamp : Math.Max(record.Timestamp, row.Timestamp));
        barrier.Output.Forward(in joined, context);
    }
}
