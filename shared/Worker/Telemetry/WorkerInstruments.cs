using System.Diagnostics.Metrics;

namespace KafkaFunctions.Worker.Telemetry;

/// <summary>What the worker counts. One tag: the function.</summary>
internal sealed class WorkerInstruments
{
    public const string MeterName = "KafkaFunctions.Worker";

    private readonly Counter<long> _in;
    private readonly Counter<long> _out;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _deadLettered;
    private readonly Counter<long> _retried;
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _duration;

    public WorkerInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _in = meter.CreateCounter<long>("kafkafunctions.records.in", "{record}", "Records that the function has read and finished.");
        _out = meter.CreateCounter<long>("kafkafunctions.records.out", "{record}", "Records that the function has published, acknowledged.");
        _dropped = meter.CreateCounter<long>("kafkafunctions.records.dropped", "{record}", "Records that the function has filtered out.");
        _duplicates = meter.CreateCounter<long>("kafkafunctions.records.duplicates", "{record}", "Records that the function has recognised as copies.");
        _deadLettered = meter.CreateCounter<long>("kafkafunctions.records.dead_lettered", "{record}", "Records that went to the dead-letter topic.");
        _retried = meter.CreateCounter<long>("kafkafunctions.publish.retries", "{retry}", "Publishes that were tried again.");
        _batchSize = meter.CreateHistogram<int>("kafkafunctions.batch.size", "{record}", "Records per invocation.");
        _duration = meter.CreateHistogram<double>("kafkafunctions.invocation.duration", "s", "Duration of an invocation with its outputs.");
    }

    public void BatchFinished(string function, BatchCounts counts, TimeSpan duration)
    {
        var tag = new KeyValuePair<string, object?>("function", function);
        _in.Add(counts.In, tag);
        _out.Add(counts.Out, tag);
        _dropped.Add(counts.Dropped, tag);
        _duplicates.Add(counts.Duplicates, tag);
        _deadLettered.Add(counts.DeadLettered, tag);
        _batchSize.Record(counts.In, tag);
        _duration.Record(duration.TotalSeconds, tag);
    }

    public void PublishRetried(string function) => _retried.Add(1, new KeyValuePair<string, object?>("function", function));
}
