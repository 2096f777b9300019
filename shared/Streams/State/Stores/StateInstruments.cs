using System.Diagnostics.Metrics;
using KafkaFunctions.Streams.Telemetry;

namespace KafkaFunctions.Streams.State.Stores;

/// <summary>What state stores count, by store; what concerns records also by function.</summary>
internal sealed class StateInstruments
{
    public const string MeterName = StreamsTelemetry.Name;

    private readonly Counter<long> _transactions;
    private readonly Counter<long> _rows;
    private readonly Counter<long> _reads;
    private readonly Counter<long> _hits;
    private readonly Counter<long> _conflicts;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _ignored;
    private readonly Counter<long> _late;
    private readonly Histogram<int> _batchRows;

    /// <param name="meter">The library's meter.</param>
    /// <param name="cachedBytes">Reads the size of the rows in memory.</param>
    public StateInstruments(Meter meter, Func<long> cachedBytes)
    {
        _transactions = meter.CreateCounter<long>("kafkafunctions.state.transactions", "{transaction}", "Transactions written, those of progress included.");
        _rows = meter.CreateCounter<long>("kafkafunctions.state.rows", "{row}", "Rows written.");
        _reads = meter.CreateCounter<long>("kafkafunctions.state.reads", "{row}", "Rows read from the store.");
        _hits = meter.CreateCounter<long>("kafkafunctions.state.cache.hits", "{row}", "Rows that were in memory.");
        _conflicts = meter.CreateCounter<long>("kafkafunctions.state.conflicts", "{transaction}", "Transactions refused because another instance had written a row.");
        _duplicates = meter.CreateCounter<long>("kafkafunctions.state.duplicates", "{record}", "Records recognised as copies.");
        _late = meter.CreateCounter<long>("kafkafunctions.state.late", "{record}", "Records that came after a window of theirs was closed.");
        _ignored = meter.CreateCounter<long>("kafkafunctions.state.ignored", "{record}", "Records without the key or value that an operator needs.");
        _batchRows = meter.CreateHistogram(
            "kafkafunctions.state.batch.rows",
            "{row}",
            "Rows that a batch has changed or looked at in the store.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000] });
        _ = meter.CreateObservableUpDownCounter("kafkafunctions.state.cache.size", cachedBytes, "By", "Size of the rows in memory, of all stores.");
    }

    /// <summary>Begins the counters of a store, and of a function that keeps it, at zero. A series that starts at its first event would
    /// hide it: what it grows by is counted from the second on.</summary>
    public void Announce(string store, string function)
    {
        foreach (var counter in (Counter<long>[])[_transactions, _rows, _reads, _hits, _conflicts])
        {
            counter.Add(0, Tag(store));
        }

        foreach (var counter in (Counter<long>[])[_duplicates, _late, _ignored])
        {
            Add(counter, store, function, 0);
        }
    }

    public void Written(string store, int rows)
    {
        _transactions.Add(1, Tag(store));
        _rows.Add(rows, Tag(store));
    }

    public void Read(string store, int rows) => _reads.Add(rows, Tag(store));

    public void Hit(string store, int rows) => _hits.Add(rows, Tag(store));

    public void Conflicted(string store) => _conflicts.Add(1, Tag(store));

    public void BatchApplied(string store, string function, int rows) => _batchRows.Record(rows, Tag(store), FunctionTag(function));

    public void Duplicates(string store, string function, int records) => Add(_duplicates, store, function, records);

    public void Late(string store, string function, int records) => Add(_late, store, function, records);

    public void Ignored(string store, string function, int records) => Add(_ignored, store, function, records);

    private static void Add(Counter<long> counter, string store, string function, int count) =>
        counter.Add(count, Tag(store), FunctionTag(function));

    private static KeyValuePair<string, object?> Tag(string store) => new("store", store);

    private static KeyValuePair<string, object?> FunctionTag(string function) => new("function", function);
}
