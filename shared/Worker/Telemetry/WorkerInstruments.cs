using System.Diagnostics.Metrics;
using KafkaFunctions.Streams.Telemetry;

namespace KafkaFunctions.Worker.Telemetry;

/// <summary>What the worker counts, by function.</summary>
internal sealed class WorkerInstruments
{
    public const string MeterName = WorkerTelemetry.Name;

    private readonly Counter<long> _in;
    private readonly Counter<long> _out;
    private readonly Counter<long> _bytesIn;
    private readonly Counter<long> _bytesOut;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _deadLettered;
    private readonly Counter<long> _retried;
    private readonly Counter<long> _failed;
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _age;

    public WorkerInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _in = meter.CreateCounter<long>("kafkafunctions.records.in", "{record}", "Records that the function has read and finished.");
        _out = meter.CreateCounter<long>("kafkafunctions.records.out", "{record}", "Records that the function has published, acknowledged.");
        _bytesIn = meter.CreateCounter<long>("kafkafunctions.records.in.size", "By", "Keys and values that the function has read and finished.");
        _bytesOut = meter.CreateCounter<long>("kafkafunctions.records.out.size", "By", "Keys and values that the function has published, acknowledged; dead letters, too.");
        _dropped = meter.CreateCounter<long>("kafkafunctions.records.dropped", "{record}", "Records that the function has filtered out.");
        _duplicates = meter.CreateCounter<long>("kafkafunctions.records.duplicates", "{record}", "Records that the function has recognised as copies.");
        _deadLettered = meter.CreateCounter<long>("kafkafunctions.records.dead_lettered", "{record}", "Records that went to the dead-letter topic.");
        _retried = meter.CreateCounter<long>("kafkafunctions.publish.retries", "{retry}", "Publishes that were tried again.");
        _failed = meter.CreateCounter<long>("kafkafunctions.batch.failures", "{batch}", "Batches whose invocation failed: the host runs them again.");
        _batchSize = meter.CreateHistogram(
            "kafkafunctions.batch.size",
            "{record}",
            "Records per batch.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000] });
        _duration = meter.CreateHistogram(
            "kafkafunctions.batch.duration", "s", "How long a batch took, until its outputs were acknowledged and its progress was written.", advice: Durations.Advice);
        _age = meter.CreateHistogram(
            "kafkafunctions.batch.age",
            "s",
            "How old the first record of a batch was, by its timestamp, when the batch was done.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 86_400] });
    }

    /// <summary>Begins the counters of a function at zero. A series that starts at its first event would hide it: what it grows by is
    /// counted from the second on.</summary>
    public void Announce(string function)
    {
        Count(Tag(function), default);
        _bytesOut.Add(0, Tag(function));
        _retried.Add(0, Tag(function));
        _failed.Add(0, Tag(function));
    }

    public void BatchFinished(string function, BatchCounts counts, TimeSpan duration)
    {
        var tag = Tag(function);
        Count(tag, counts);
        _batchSize.Record(counts.In, tag);
        _duration.Record(duration.TotalSeconds, tag);
        if (counts.Age is { } age)
        {
            _age.Record(age.TotalSeconds, tag);
        }
    }

    /// <summary>A call of the publisher is acknowledged.</summary>
    public void Published(string function, long bytes) => _bytesOut.Add(bytes, Tag(function));

    /// <summary>Results that no batch of the function published.</summary>
    public void ResultsPublished(string function, int published, int deadLettered)
    {
        _out.Add(published, Tag(function));
        _deadLettered.Add(deadLettered, Tag(function));
    }

    public void BatchFailed(string function) => _failed.Add(1, Tag(function));

    public void PublishRetried(string function) => _retried.Add(1, Tag(function));

    private void Count(KeyValuePair<string, object?> tag, BatchCounts counts)
    {
        _in.Add(counts.In, tag);
        _out.Add(counts.Out, tag);
        _bytesIn.Add(counts.Bytes, tag);
        _dropped.Add(counts.Dropped, tag);
        _duplicates.Add(counts.Duplicates, tag);
        _deadLettered.Add(counts.DeadLettered, tag);
    }

    private static KeyValuePair<string, object?> Tag(string function) => new("function", function);
}
