using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace KafkaFunctions.Streams.Telemetry;

/// <summary>What every library that keeps state tells of its storage. Safe for concurrent use.</summary>
public sealed class StorageTelemetry
{
    /// <summary>The outcome of a request that did what it was asked to.</summary>
    public const string Ok = "ok";

    /// <summary>The outcome of a write whose condition did not hold.</summary>
    public const string Conflict = "conflict";

    /// <summary>The outcome of a request that was refused as one too many.</summary>
    public const string Throttled = "throttled";

    /// <summary>The outcome of a request that was not answered.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>The outcome of a request that failed for another reason.</summary>
    public const string Failed = "failed";

    private const string Account = "account";

    private readonly ConcurrentDictionary<string, Troubles> _troubles = new(StringComparer.Ordinal);
    private readonly Histogram<double> _duration;

    /// <summary>Creates the instruments.</summary>
    /// <param name="meter">The library's meter.</param>
    public StorageTelemetry(Meter meter)
    {
        ArgumentNullException.ThrowIfNull(meter);
        _duration = meter.CreateHistogram(
            "kafkafunctions.state.request.duration", "s", "How long requests to the storage of state took, each attempt by itself.", advice: Durations.Advice);

        // Observed, so that they are there at zero before there is anything to count.
        meter.CreateObservableCounter("kafkafunctions.state.throttled", () => Count(troubles => troubles.Throttled), "{request}", "Requests that the storage refused as too many.");
        meter.CreateObservableCounter("kafkafunctions.state.retries", () => Count(troubles => troubles.Retried), "{request}", "Requests that were sent again, whatever the reason.");
    }

    /// <summary>Begins the counters of an account.</summary>
    /// <param name="account">The account, or what takes its place.</param>
    public void Announce(string account) => _troubles.TryAdd(account, new Troubles());

    /// <summary>A request was answered, or was not.</summary>
    /// <param name="account">The account.</param>
    /// <param name="operation">One of <see cref="StorageOperation"/>.</param>
    /// <param name="outcome"><see cref="Ok"/> or the kind of failure.</param>
    /// <param name="duration">How long it took.</param>
    public void Answered(string account, string operation, string outcome, TimeSpan duration)
    {
        if (outcome == Throttled)
        {
            Interlocked.Increment(ref _troubles.GetOrAdd(account, _ => new Troubles()).Throttled);
        }

        _duration.Record(
            duration.TotalSeconds,
            new KeyValuePair<string, object?>(Account, account),
            new KeyValuePair<string, object?>("operation", operation),
            new KeyValuePair<string, object?>("outcome", outcome));
    }

    /// <summary>A request is sent again.</summary>
    /// <param name="account">The account.</param>
    public void Retried(string account) => Interlocked.Increment(ref _troubles.GetOrAdd(account, _ => new Troubles()).Retried);

    private IEnumerable<Measurement<long>> Count(Func<Troubles, long> count) =>
        _troubles.Select(account => new Measurement<long>(count(account.Value), new KeyValuePair<string, object?>(Account, account.Key)));

    private sealed class Troubles
    {
        public long Throttled;
        public long Retried;
    }
}
