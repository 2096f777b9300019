using System.Runtime.CompilerServices;
using KafkaFunctions.Embedded.Telemetry;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.Telemetry;

namespace KafkaFunctions.Embedded.State;

/// <summary>A store of a <see cref="SqliteStateStorage"/>.</summary>
internal sealed class SqliteStateStore(string name, StateDatabase database, StateReaders readers, StateWriter writer, StateRequests requests) : IStateStore
{
    public string Name => name;

    public void Check(StateKey key, int valueBytes) => StateRules.CheckRow(name, key, valueBytes);

#pragma warning disable CS1998 // The read is done on the caller's thread; its errors are the task's, as they are elsewhere.
    public async Task<IReadOnlyList<StateRow?>> ReadAsync(
#pragma warning restore CS1998
        StateBucket bucket, IReadOnlyList<StateKey> keys, CancellationToken cancellationToken)
    {
        StateRules.CheckRead(bucket, keys);
        cancellationToken.ThrowIfCancellationRequested();
        return requests.Measure(StorageOperation.Read, () => readers.Read(name, session => session.Read(name, bucket, keys))) ?? throw database.Errors.NoSuchStore(name);
    }

#pragma warning disable CS1998 // As above.
    public async IAsyncEnumerable<StateRow> ScanAsync(
#pragma warning restore CS1998
        StateBucket bucket, StateRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StateRules.CheckBucket(bucket);
        for (var isLast = false; !isLast;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var from = range;
            var page = requests.Measure(StorageOperation.Query, () => readers.Read(name, session => session.Scan(name, bucket, from))) ?? throw database.Errors.NoSuchStore(name);
            isLast = page.IsLast;
            foreach (var row in page.Rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return row;
                range = range with { From = row.Key.Next() };
            }
        }
    }

    public async Task<IReadOnlyList<string?>> WriteAsync(
        StateBucket bucket, IReadOnlyList<StateWrite> writes, CancellationToken cancellationToken)
    {
        StateRules.CheckTransaction(name, bucket, writes);
        cancellationToken.ThrowIfCancellationRequested();
        var job = new WriteRowsJob(database.Errors, name, bucket, writes);
        return await requests.MeasureAsync(StorageOperation.Write, () => writer.Enqueue(job).WaitAsync(cancellationToken)).ConfigureAwait(false);
    }
}
