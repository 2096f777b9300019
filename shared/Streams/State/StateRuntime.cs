using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.State.Progress;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.State.Stores;
using KafkaFunctions.Streams.Telemetry;

namespace KafkaFunctions.Streams.State;

/// <summary>What the functions of an application keep their state with: one for the process. Safe for concurrent use.</summary>
/// <remarks>It starts no task and no timer: its work goes on where the storage's tasks are completed.</remarks>
public sealed class StateRuntime
{
    private readonly ConcurrentDictionary<string, RowTable> _tables = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Store, string Function), ProgressKeeper> _progress = new();
    private readonly IStateStorage _storage;
    private readonly StateOptions _options;
    private readonly TimeProvider _time;
    private readonly RowCache _cache;
    private readonly StateInstruments _instruments;

    /// <summary>Creates the runtime. Nothing is opened before it is used.</summary>
    /// <param name="storage">Where stores are kept; stays the caller's.</param>
    /// <param name="application">Name of the application, as in the identity of its records.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="time">Null for the system's.</param>
    /// <param name="meters">Makes the meter <c>KafkaFunctions.Streams</c>; null for one of its own.</param>
    /// <param name="topics">Tells joins of streams what is left to read; null where nothing ever is. Stays the caller's.</param>
    public StateRuntime(
        IStateStorage storage,
        string application,
        StateOptions? options = null,
        TimeProvider? time = null,
        IMeterFactory? meters = null,
        ITopicClient? topics = null)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentException.ThrowIfNullOrEmpty(application);
        _storage = storage;
        Topics = topics;
        Application = application;
        _options = options ?? new StateOptions();
        _time = time ?? TimeProvider.System;
        _cache = new RowCache(_options.CacheBytes);
        _instruments = new StateInstruments(Meters.Of(meters, StateInstruments.MeterName), () => _cache.Bytes);
    }

    /// <summary>Name of the application.</summary>
    public string Application { get; }

    internal StateOptions Options => _options;

    internal RowCache Cache => _cache;

    /// <summary>Wall time in minutes since 1970-01-01 UTC.</summary>
    internal long Minute => _time.GetUtcNow().ToUnixTimeSeconds() / 60;

    internal TimeProvider Time => _time;

    /// <summary>Tells joins what is left to read; null where nobody does.</summary>
    internal ITopicClient? Topics { get; }

    internal StateInstruments Instruments => _instruments;

    /// <summary>Begins the counters of a store that a function keeps at zero, before there is anything to count.</summary>
    /// <param name="store">Its name.</param>
    /// <param name="function">The function's name.</param>
    public void Announce(string store, string function) => _instruments.Announce(store, function);

    /// <summary>Opens a store that functions write; creates and describes it where it is not there.</summary>
    /// <exception cref="StoreMismatchException">It is other functions' store, of another kind, or has other buckets.</exception>
    /// <exception cref="StateCorruptException">Its description cannot be read.</exception>
    internal async ValueTask<RowTable> OpenAsync(string name, IReadOnlyList<string> functions, string kind, CancellationToken cancellationToken)
    {
        var expected = new StoreDescription(Application, functions, _options.BucketsFor(name), kind);
        if (!_tables.TryGetValue(name, out var table))
        {
            var store = await _storage.OpenAsync(name, cancellationToken).ConfigureAwait(false);
            var description = await StoreDescription.ReadAsync(store, cancellationToken).ConfigureAwait(false)
                ?? await DescribeAsync(store, expected, cancellationToken).ConfigureAwait(false);
            description.Require(name, expected);
            table = _tables.GetOrAdd(name, new RowTable(store, description, _cache, _instruments) { Limits = _options.Timelines });
        }

        table.Description.Require(name, expected);
        return table;
    }

    /// <summary>Opens a store to look keys up.</summary>
    /// <returns>Null where no function has made it yet.</returns>
    internal async ValueTask<RowTable?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (_tables.TryGetValue(name, out var table))
        {
            return table;
        }

        var store = await _storage.OpenAsync(name, cancellationToken).ConfigureAwait(false);
        var description = await StoreDescription.ReadAsync(store, cancellationToken).ConfigureAwait(false);
        return description is null ? null : _tables.GetOrAdd(name, new RowTable(store, description, _cache, _instruments) { Limits = _options.Timelines });
    }

    internal ProgressKeeper ProgressOf(RowTable table, string function) => _progress.GetOrAdd(
        (table.Store.Name, function),
        static (_, state) => new ProgressKeeper(state.table, state.function, state.self._time, state.self._options.PathRetention, state.self._options.MaxWriteAttempts),
        (self: this, table, function));

    private static async ValueTask<StoreDescription> DescribeAsync(IStateStore store, StoreDescription description, CancellationToken cancellationToken)
    {
        try
        {
            await store.WriteAsync(StateBucket.Progress, [new StateWrite(StoreDescription.Key, description.Encode(), null)], cancellationToken).ConfigureAwait(false);
            return description;
        }
        catch (StateConflictException)
        {
            // Another instance, or this one's own write whose answer was lost.
            if (await StoreDescription.ReadAsync(store, cancellationToken).ConfigureAwait(false) is { } written)
            {
                return written;
            }

            throw;
        }
    }
}
