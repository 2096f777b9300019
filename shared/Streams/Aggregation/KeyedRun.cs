using System.Runtime.InteropServices;
using KafkaFunctions.Streams.Joins.StreamJoins;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.State.Stores;
using KafkaFunctions.Streams.Telemetry;
using KafkaFunctions.Streams.Windows.Results;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>The operations of a batch on the rows of a store: collected, applied, and what the rows then have to say.</summary>
internal sealed partial class KeyedRun<TKey, TValue>(KeyedBarrier<TKey, TValue> barrier, BatchRun batch) : StateBarrierRun
{
    // At its size at once: a list that grows leaves its smaller arrays behind, the large ones among the objects that only a full
    // collection frees.
    private readonly List<Operation<TKey, TValue>> _operations = new(batch.Records);
    private readonly List<RowWork> _works = [];
    private readonly BatchKeys _keys = new();
    private readonly List<Emission> _emissions = [];
    private readonly Dictionary<int, Exception> _failures = [];
    private int[] _next = [];
    private readonly List<int> _sent = [];
    private Dictionary<RowWork, (long Version, int Emission)>? _published;
    private List<(int Emission, PendingEntry Current)> _again = [];

    public BatchRun Batch => batch;

    public RowTable Table { get; private set; } = null!;

    /// <summary>What the operator folds the rows of the run with; null before the first.</summary>
    public object? Folding { get; set; }

    public CancellationToken CancellationToken { get; private set; }

    public override int Count => _operations.Count;

    public override bool HasWork => Count > 0 || barrier.Operator.ClosesWithoutRecords;

    public override int Emissions => _emissions.Count;

    public ref readonly Operation<TKey, TValue> this[int index] => ref CollectionsMarshal.AsSpan(_operations)[index];

    /// <summary>Index of the next operation on the same row.</summary>
    public int NextOf(int index) => _next[index];

    public void Add(TKey key, byte[] keyBytes, TValue value, long timestamp, Records.RecordHeader[]? headers, int input)
    {
        var row = _keys.Find(keyBytes);
        if (row == BatchKeys.None)
        {
            var rowKey = RowKeys.Of(barrier.RowKind, keyBytes);
            batch.Tables[barrier.Store].Store.Check(rowKey, 0);
            row = _keys.Add(rowKey);
        }

        var ordinal = _operations.Count > 0 && this[_operations.Count - 1] is var last && last.Input == input ? last.Ordinal + 1 : 0;
        _operations.Add(new Operation<TKey, TValue>(key, row, _keys[row], value, timestamp, headers, input, ordinal));
    }

    /// <summary>Whether records of the batch were in rows before: a run that failed, or another instance, has been here, and may have gone
    /// any way further.</summary>
    public bool IsRepeated { get; set; }

    /// <summary>Remembers the error of a record that the row, once written, says to be poison.</summary>
    public void Failed(int operation, Exception error) => _failures[this[operation].Input] = error;

    public override void Truncate(int count) => _operations.RemoveRange(count, _operations.Count - count);

    public override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        Table = batch.Tables[barrier.Store];
        CancellationToken = cancellationToken;
        using var span = StreamsTelemetry.StartApply(barrier.Store, _operations.Count);
        await barrier.Operator.PrepareAsync(this, cancellationToken).ConfigureAwait(false);
        Group();
        span?.SetTag("kafkafunctions.state.rows", _works.Count);
        batch.State.Instruments.BatchApplied(barrier.Store, batch.Function.Name, _works.Count);
        await Table.ApplyAsync(_works, work => barrier.Operator.Fold(this, work), batch.StartOf, batch.State.Options.MaxWriteAttempts, cancellationToken).ConfigureAwait(false);
        Gather();
        await barrier.Operator.CloseAsync(this, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The clocks of a join's sides; null for other operators.</summary>
    public JoinClock? Clock { get; set; }

    /// <summary>Buckets that may have results to be published.</summary>
    public ResultDrain? Drain { get; set; }

    public override async Task<IReadOnlyList<(PendingResults Row, FinalResult Result)>?> DrainAsync(CancellationToken cancellationToken) =>
        Drain is null ? null : await Drain.NextAsync(cancellationToken).ConfigureAwait(false);

    public override void Forward(FinalResult result, RunContext context) => barrier.Operator.Forward(result, context);

    public override int InputOf(int emission) => _emissions[emission].Input;

    public override int OrdinalOf(int emission) => _emissions[emission].Entry.Ordinal;

    public override void Forward(int emission, RunContext context)
    {
        var emitted = context.Emitted;
        Forward(emission, _emissions[emission].Entry, context);
        if (barrier.Operator.HasSeveralWriters && context.Emitted > emitted)
        {
            _sent.Add(emission);
        }
    }

    /// <remarks>What this batch publishes of a row is its last emission that left something; a version above that was written by another
    /// instance, perhaps published before ours, or left nothing because of what another instance had written before.</remarks>
    public override async Task<int> LookAgainAsync(CancellationToken cancellationToken)
    {
        if (!barrier.Operator.HasSeveralWriters)
        {
            return 0;
        }

        _published ??= Published();
        List<RowWork> works = [.. _published.Keys];
        works.ForEach(work => work.Row = null);
        await Table.ReadAsync(works, cancellationToken).ConfigureAwait(false);
        _again = [];
        foreach (var work in works)
        {
            var (version, emission) = _published[work];
            if (work.Row!.Version <= version)
            {
                _published.Remove(work);
            }
            else
            {
                _published[work] = (work.Row.Version, emission);
                _again.Add((emission, CurrentOf(work.Row, _emissions[emission].Entry)));
            }
        }

        return _again.Count;
    }

    public override int InputOfAgain(int index) => _emissions[_again[index].Emission].Input;

    public override void ForwardAgain(int index, RunContext context) => Forward(_again[index].Emission, _again[index].Current, context);

    private void Forward(int emission, PendingEntry entry, RunContext context)
    {
        ref readonly var operation = ref this[_emissions[emission].Operation];
        barrier.Operator.Forward(in operation, entry, operation.Input == _emissions[emission].Input && operation.Ordinal == entry.Ordinal, context);
    }

    private void Group()
    {
        var works = new RowWork?[_keys.Count];
        _works.Capacity = works.Length;
        _next = new int[_operations.Count];
        for (var i = 0; i < _operations.Count; i++)
        {
            _next[i] = RowWork.None;
            ref var work = ref works[this[i].Row];
            if (work is null)
            {
                var key = _keys[this[i].Row];
                work = new RowWork(key, Table.BucketOf(key.Bytes[1..])) { First = i };
                _works.Add(work);
            }
            else
            {
                _next[work.Last] = i;
            }

            work.Last = i;
        }
    }

    /// <summary>What the rows have pending for this batch's records, whoever wrote it (design rule 3).</summary>
    private void Gather()
    {
        _emissions.EnsureCapacity(_works.Count);
        foreach (var work in _works)
        {
            var operation = work.First;
            foreach (var entry in work.Row!.Pending)
            {
                var input = batch.InputOf(entry.Source, entry.Offset);
                if (input < 0)
                {
                    continue;
                }

                if (entry.Poison is { } poison)
                {
                    batch.Poison(input, _failures.GetValueOrDefault(input) ?? new RecordFailedBeforeException(poison.ErrorType, poison.Message), poison.Attempts);
                    continue;
                }

                if ((entry.Kind == PendingKind.SecondEmission) != barrier.Operator.ComesSecond)
                {
                    continue;
                }

                if (entry.Kind == PendingKind.Late)
                {
                    batch.Late();
                }

                operation = Find(work, operation, input, entry.Ordinal);
                _emissions.Add(new Emission(work, entry, operation, input, _emissions.Count));
            }
        }

        _emissions.Sort();
    }

    /// <summary>The operation that an entry came from: after the one found last, as a rule.</summary>
    private int Find(RowWork work, int from, int input, int ordinal)
    {
        for (var i = from; i != RowWork.None; i = NextOf(i))
        {
            if (this[i].Input == input && this[i].Ordinal == ordinal)
            {
                return i;
            }
        }

        for (var i = work.First; i != from; i = NextOf(i))
        {
            if (this[i].Input == input && this[i].Ordinal == ordinal)
            {
                return i;
            }
        }

        return from;
    }

    private Dictionary<RowWork, (long Version, int Emission)> Published()
    {
        var published = new Dictionary<RowWork, (long, int)>();
        foreach (var i in _sent)
        {
            published[_emissions[i].Work] = (_emissions[i].Entry.Version, i);
        }

        return published;
    }

    private PendingEntry CurrentOf(RowState row, PendingEntry published) =>
        published with { Version = row.Version, Timestamp = row.Value is null ? published.Timestamp : row.Timestamp, Value = barrier.Operator.NewOf(row.Value), HasOld = false, Old = null };
}
