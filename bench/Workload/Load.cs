using KafkaFunctions.Bench.Accounting;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Bench.Workload;

/// <summary>Steady load on both ends of the pipeline, and the account of it afterwards.</summary>
internal sealed class Load
{
    private readonly WebLogWorkload _lines;
    private readonly FilterWorkload _events;
    private readonly Feeder _lineFeeder;
    private readonly Feeder _eventFeeder;
    private volatile bool _stopped;
    private Task _feeding = Task.CompletedTask;

    public Load(IRecordPublisher publisher, int seed)
    {
        _lines = new WebLogWorkload(seed);
        _events = new FilterWorkload(seed);
        _lineFeeder = new Feeder(publisher, _lines);
        _eventFeeder = new Feeder(publisher, _events);
    }

    /// <summary>Records acknowledged by the broker.</summary>
    public long Acknowledged => _lineFeeder.Acknowledged + _eventFeeder.Acknowledged;

    /// <summary>Begins, or begins again after <see cref="StopAsync"/>: so many lines per second, and as many events.</summary>
    public void Start(int rate, CancellationToken cancellationToken)
    {
        _stopped = false;
        _feeding = Task.WhenAll(
            _lineFeeder.FeedAtRateAsync(rate, () => _stopped, cancellationToken),
            _eventFeeder.FeedAtRateAsync(rate, () => _stopped, cancellationToken));
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

    public string Describe() => Report.Invariant(
        $"{_lineFeeder.Acknowledged:N0} lines and {_eventFeeder.Acknowledged:N0} events in, {_lineFeeder.Retries + _eventFeeder.Retries} batches published again");

    /// <summary>Accounts for every record; see <see cref="Audit"/>.</summary>
    public Task<AuditResult> AuditAsync(
        BenchRun run, ITopicClient topics, bool duplicatesAllowed, Report report, CancellationToken cancellationToken) =>
        new Audit(run, topics, _lines, _events)
            .RunAsync(_lineFeeder.Acknowledged, _eventFeeder.Acknowledged, duplicatesAllowed, report, cancellationToken);
}
