using KafkaFunctions.Bench.Workload;
using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.InMemory;

namespace KafkaFunctions.Bench.Cost;

/// <summary>A count per key on the shipped engine, with a store of so many buckets, batch by batch.</summary>
internal sealed class CostRun(int buckets) : IAsyncDisposable
{
    private const string Topic = "cost-input";
    private const string Store = "cost";

    private static readonly byte[] Value = new byte[200];
    private static readonly StreamFunction Function = new("CountCost", HonouredIdentities.None);

    private readonly CountingStorage _storage = new(new InMemoryStateStorage());
    private readonly StreamProcessor _processor =
        KStream.From(Serdes.Utf8, Serdes.Bytes).GroupByKey(Serdes.Utf8).Count(Store).ToStream().To(Serdes.Utf8, Serdes.Int64);

    private StateRuntime? _runtime;
    private long _offset;

    /// <summary>Forgets what the instance knows, as a new one would; the state stays.</summary>
    public void Restart() => _runtime = new StateRuntime(_storage, "bench", new StateOptions { Buckets = buckets });

    /// <summary>Runs batches.</summary>
    /// <param name="name">Name of the phase.</param>
    /// <param name="batches">The numbers of their records' keys.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public async Task<CostPhase> RunAsync(string name, IEnumerable<int[]> batches, CancellationToken cancellationToken)
    {
        if (_runtime is null)
        {
            Restart();
            await RunBatchAsync([0], cancellationToken);
        }

        var (count, transactions, mostTransactions, rows, mostRows, progress, reads) = (0, 0L, 0L, 0L, 0L, 0L, 0L);
        foreach (var batch in batches)
        {
            _storage.Counts.Reset();
            await RunBatchAsync(batch, cancellationToken);
            count++;
            transactions += _storage.Counts.Transactions;
            mostTransactions = Math.Max(mostTransactions, _storage.Counts.Transactions);
            rows += _storage.Counts.Rows;
            mostRows = Math.Max(mostRows, _storage.Counts.Rows);
            progress += _storage.Counts.Progress;
            reads += _storage.Counts.Reads;
        }

        return new CostPhase(name, buckets, count, transactions, mostTransactions, rows, mostRows, progress, reads);
    }

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    private async Task RunBatchAsync(int[] keys, CancellationToken cancellationToken)
    {
        var records = Array.ConvertAll(keys, key => new InputRecord(Topic, 0, _offset++, CountWorkload.CreateKey(key), Value, _offset, []));
        var result = await _processor.RunAsync(records, static record => record, _runtime!, Function, cancellationToken: cancellationToken);
        await result.Completion!.CommitAsync(cancellationToken);
    }
}
