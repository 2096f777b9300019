using System.Text;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Backends;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Bench.Memory;

/// <summary>Keeps the slow function's topic ahead of it: never fewer than <see cref="Least"/> records wait.</summary>
internal sealed class Backlog(IBackend backend, int seed)
{
    /// <summary>The slow app's function.</summary>
    public static readonly Stage Stage = new("SlowEvents", "slow-input", "slow-events");

    /// <summary>Records that always wait.</summary>
    public const long Least = 500_000;

    private const long Most = 700_000;
    private const int Batch = 2000;
    private const int ValueBytes = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Random _random = new(seed);
    private long _lag;
    private int _id;

    /// <summary>Records that waited when last looked.</summary>
    public long Lag => Volatile.Read(ref _lag);

    /// <summary>Publishes at full speed until enough wait.</summary>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        while (await MeasureAsync(cancellationToken) < Most)
        {
            for (var batch = 0; batch < 10; batch++)
            {
                await backend.Publisher.PublishAsync(Stage.Topic, CreateBatch(), cancellationToken);
            }
        }
    }

    /// <summary>Fills again whenever the function has worked off some.</summary>
    public async Task KeepFullAsync(CancellationToken stop, CancellationToken cancellationToken)
    {
        while (!stop.IsCancellationRequested)
        {
            if (await MeasureAsync(cancellationToken) < (Least + Most) / 2)
            {
                await FillAsync(cancellationToken);
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>Records that the function is done with.</summary>
    public async Task<long> ProcessedAsync(CancellationToken cancellationToken) =>
        (await backend.Topics.GetCommittedAsync(Stage.ConsumerGroup, Stage.Topic, cancellationToken)).Sum(commit => commit.Offset ?? 0);

    private async Task<long> MeasureAsync(CancellationToken cancellationToken)
    {
        var lag = await Pipeline.LagAsync(backend.Topics, Stage, cancellationToken);
        Volatile.Write(ref _lag, lag);
        return lag;
    }

    private OutputRecord[] CreateBatch()
    {
        var records = new OutputRecord[Batch];
        for (var i = 0; i < Batch; i++)
        {
            var value = new byte[ValueBytes];
            _random.NextBytes(value);
            records[i] = new OutputRecord(Encoding.UTF8.GetBytes(_id++.ToString(System.Globalization.CultureInfo.InvariantCulture)), value);
        }

        return records;
    }
}
