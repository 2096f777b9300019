using System.Collections.Concurrent;
using System.Diagnostics;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Bench.Latency;

/// <summary>Watches a topic and notes when each record arrives.</summary>
internal sealed class Arrivals : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<long>> _awaited = new();
    private readonly CancellationTokenSource _stop;
    private readonly Task _reading;

    private Arrivals(ITopicClient topics, IRoute route, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _reading = Task.Run(() => ReadAsync(topics, route), CancellationToken.None);
    }

    /// <summary>Begins to watch a route's output. The first records sent are for warming up: the watch itself takes a moment.</summary>
    public static async Task<Arrivals> OpenAsync(ITopicClient topics, IRoute route, CancellationToken cancellationToken)
    {
        var arrivals = new Arrivals(topics, route, cancellationToken);

        // A reader that has not yet found the end of its topic would miss the first records: send until one arrives.
        while (true)
        {
            var id = route.NextId();
            var arrived = arrivals.Expect(id);
            await route.SendAsync(id, cancellationToken);
            if (await Task.WhenAny(arrived, Task.Delay(TimeSpan.FromSeconds(1), cancellationToken)) == arrived)
            {
                return arrivals;
            }
        }
    }

    /// <summary>Time from before a send to the arrival.</summary>
    public async Task<TimeSpan> MeasureAsync(int id, Func<Task> send, CancellationToken cancellationToken)
    {
        var arrived = Expect(id);
        var start = Stopwatch.GetTimestamp();
        await send();
        try
        {
            return Stopwatch.GetElapsedTime(start, await arrived.WaitAsync(Limit, cancellationToken));
        }
        catch (TimeoutException exception)
        {
            throw new RunFailedException($"Record {id} has not arrived after {Limit.TotalSeconds} s.", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _stop.Dispose();
    }

    private Task<long> Expect(int id) => _awaited.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    private async Task ReadAsync(ITopicClient topics, IRoute route)
    {
        try
        {
            await foreach (var record in topics.ReadAsync(new ReadRequest(route.Output), _stop.Token))
            {
                var arrival = Stopwatch.GetTimestamp();
                if (_awaited.TryRemove(route.FindId(record), out var awaited))
                {
                    awaited.SetResult(arrival);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The measurement is over.
        }
    }
}
