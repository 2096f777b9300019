using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.Workload;

namespace KafkaFunctions.Bench.State;

/// <summary>Steady load on the pipeline.</summary>
internal sealed class StateLoad(Feeder feeder)
{
    private volatile bool _stopped;
    private Task _feeding = Task.CompletedTask;

    /// <summary>Records acknowledged by the broker.</summary>
    public int Acknowledged => feeder.Acknowledged;

    /// <summary>Begins, or begins again after <see cref="StopAsync"/>.</summary>
    public void Start(int rate, CancellationToken cancellationToken)
    {
        _stopped = false;
        _feeding = feeder.FeedAtRateAsync(rate, () => _stopped, cancellationToken);
    }

    /// <summary>Ends after what is under way is acknowledged.</summary>
    public async Task StopAsync()
    {
        _stopped = true;
        await _feeding;
    }

    /// <summary>Fails where feeding has ended by an error.</summary>
    public void RequireHealthy()
    {
        if (_feeding.IsFaulted)
        {
            throw new RunFailedException($"Feeding failed: {_feeding.Exception.InnerException!.Message}", _feeding.Exception);
        }
    }

    public string Describe() => Report.Invariant($"{feeder.Acknowledged:N0} records in, {feeder.Retries} batches published again");
}
