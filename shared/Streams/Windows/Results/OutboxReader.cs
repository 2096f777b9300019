using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Stores;

namespace KafkaFunctions.Streams.Windows.Results;

/// <summary>Reads the outbox rows of a bucket in their order, some at a time: a jump in time may have filled it with more than fits in
/// memory. One thread at a time.</summary>
internal sealed class OutboxReader(RowTable table, StateBucket bucket)
{
    private const int FetchRows = 2;
    private const int MaxBytes = 256 * 1024;

    private readonly Queue<OutboxRow> _rows = [];
    private StateRange _rest = OutboxRow.All;
    private bool _isAtEnd;

    /// <returns>Null where there is none any more.</returns>
    public async Task<PendingResults?> NextAsync(CancellationToken cancellationToken)
    {
        if (_rows.Count == 0 && !_isAtEnd)
        {
            await ReadAsync(cancellationToken).ConfigureAwait(false);
        }

        return _rows.TryDequeue(out var row) ? new PendingResults(this, bucket, row) : null;
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var bytes = 0;
        await foreach (var row in table.Store.ScanAsync(bucket, _rest with { FetchRows = FetchRows }, cancellationToken).ConfigureAwait(false))
        {
            _rows.Enqueue(Decode(row));
            _rest = _rest with { From = row.Key.Next() };
            bytes += row.Value.Length;
            if (bytes >= MaxBytes)
            {
                return;
            }
        }

        _isAtEnd = true;
    }

    private OutboxRow Decode(StateRow row)
    {
        try
        {
            return OutboxRow.Decode(row);
        }
        catch (InvalidDataException wrong)
        {
            throw new StateCorruptException(table.Store.Name, bucket, row.Key, wrong.Message, wrong);
        }
    }
}
