using System.Diagnostics.Metrics;

namespace KafkaFunctions.Streams.State.Stores;

/// <summary>What state stores count. One tag: the store.</summary>
internal sealed class StateInstruments
{
    public const string MeterName = "KafkaFunctions.Streams";

    private readonly Counter<long> _transactions;
    private readonly Counter<long> _rows;
    private readonly Counter<long> _reads;
    private readonly Counter<long> _hits;
    private readonly Counter<long> _conflicts;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _ignored;
    private readonly Counter<long> _late;

    public StateInstruments(Meter meter)
    {
        _transactions = meter.CreateCounter<long>("kafkafunctions.state.transactions", "{transaction}", "Transactions written, those of progress included.");
        _rows = meter.CreateCounter<long>("kafkafunctions.state.rows", "{row}", "Rows written.");
        _reads = meter.CreateCounter<long>("kafkafunctions.state.reads", "{row}", "Rows read from the store.");
        _hits = meter.CreateCounter<long>("kafkafunctions.state.cache.hits", "{row}", "Rows that were in memory.");
        _conflicts = meter.CreateCounter<long>("kafkafunctions.state.conflicts", "{transaction}", "Transactions refused because another instance had written a row.");
        _duplicates = meter.CreateCounter<long>("kafkafunctions.state.duplicates", "{record}", "Records recognised as copies.");
        _late = meter.CreateCounter<long>("kafkafunctions.state.late", "{record}", "Records that came after a window of theirs was closed.");
        _ignored = meter.CreateCounter<long>("kafkafunctions.state.ignored", "{record}", "Records without the key or value that an operator needs.");
    }

    public void Written(string store, int rows)
    {
        _transactions.Add(1, Tag(store));
        _rows.Add(rows, Tag(store));
    }

    public void Read(string store, int rows) => Add(_reads, store, rows);

    public void Hit(string store, int rows) => Add(_hits, store, rows);

    public void Conflicted(string store) => _conflicts.Add(1, Tag(store));

    public void Duplicates(string store, int records) => Add(_duplicates, store, records);

    public void Late(string store, int records) => Add(_late, store, records);

    public void Ignored(string store, int records) => Add(_ignored, store, records);

    private static void Add(Counter<long> counter, string store, int count)
    {
        if (count > 0)
        {
            counter.Add(count, Tag(store));
        }
    }

    private static KeyValuePair<string, object?> Tag(string store) => new("store", store);
}
