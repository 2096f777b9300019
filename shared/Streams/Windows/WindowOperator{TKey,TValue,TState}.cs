using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.Tables;
using KafkaFunctions.Streams.Windows.Results;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Windows;

/// <summary>An operator whose rows are timelines: the windows of a key.</summary>
internal abstract partial class WindowOperator<TKey, TValue, TState>(WindowRules rules, ISerde<TKey> key, ISerde<TState> state)
    : StateOperator<TKey, Timed<TValue>>, IWindowOperator
{
    public WindowRules Rules => rules;

    public ISerde<TState> State => state;

    public override PayloadFormat ValueFormat => IPayloadFormat.Of(state);

    /// <summary>Takes a result on every change.</summary>
    public Downstream<Windowed<TKey>, Change<TState>> Updates { get; } = new();

    /// <summary>Takes each window's last result, once it is closed.</summary>
    public Downstream<Windowed<TKey>, Change<TState>> Finals { get; } = new();

    /// <summary>Whether results are sent on with every change.</summary>
    public virtual bool HasUpdates => !Updates.IsEmpty;

    /// <summary>Whether one emission of a window can stand for all of a batch.</summary>
    public virtual bool CanFold => true;

    public bool HasFinals { get; set; }

    /// <summary>Takes results that were held for a time.</summary>
    public Downstream<Windowed<TKey>, Change<TState>> Held { get; } = new();

    public HoldRules? Hold { get; set; }

    /// <summary>Index of the output that takes late records; null for none.</summary>
    public int? LateOutput { get; set; }

    /// <summary>The lowest start or end, and the highest start, of windows that a record may change.</summary>
    public abstract (long From, long To) SpanOf(long timestamp);

    /// <summary>Applies an operation to the windows that it is in.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="index">Its index.</param>
    /// <param name="boundary">The highest end of closed windows.</param>
    /// <param name="timeline">The key's windows.</param>
    /// <returns>By how many milliseconds it was late for a window, at most; null where it was not.</returns>
    public abstract long? Apply(in Operation<TKey, Timed<TValue>> operation, int index, long boundary, Timeline timeline);

    /// <summary>By how much a record is late, whatever its key's windows are; null where it is not, or not for all of its windows.</summary>
    public abstract long? LatenessOf(long timestamp, long boundary);

    public override FoldedRow Fold(KeyedRun<TKey, Timed<TValue>> run, RowWork work) =>
        ((WindowFold<TKey, TValue, TState>)(run.Folding ??= new WindowFold<TKey, TValue, TState>(this, run))).Run(work);

    public override void Forward(in Operation<TKey, Timed<TValue>> operation, PendingEntry entry, bool isOfOperation, RunContext context)
    {
        if (entry.Kind == PendingKind.Late)
        {
            LateRecords.Emit(context, LateOutput, entry.Timestamp);
            return;
        }

        var change = new Change<TState>(
            entry.Value is not null, Read(entry.Value), entry.HasOld, entry.HasOld && entry.Old is not null, Read(entry.Old));
        var headers = isOfOperation ? operation.Headers : context.Input.Headers;
        var record = new Record<Windowed<TKey>, Change<TState>>(new Windowed<TKey>(operation.Key, entry.Window), change, entry.Timestamp, headers!);
        Updates.Forward(in record, context);
    }

    public override void Forward(FinalResult result, RunContext context)
    {
        RecordHeader[] headers = result.IsByIdleness ? [RecordHeader.FromText(HeaderNames.ClosedBy, HeaderNames.ClosedByIdleness)] : [];
        var change = new Change<TState>(result.Value is not null, Read(result.Value), false, false, default!);
        var record = new Record<Windowed<TKey>, Change<TState>>(new Windowed<TKey>(key.Deserialize(result.Key), result.Window), change, result.Timestamp, headers);
        (result.HeldSince is null ? Finals : Held).Forward(in record, context);
    }

    /// <summary>Takes a value into a window; null takes the window away.</summary>
    protected static void Update(Timeline timeline, TimelineEntry<TState> entry, TState? value, long timestamp, int operation)
    {
        if (value is null)
        {
            timeline.Retract(entry, operation, timestamp);
            return;
        }

        entry.State = value;
        entry.Timestamp = timestamp;
        timeline.Hold(entry, timestamp);
    }

    private TState Read(byte[]? bytes) => bytes is null ? default! : state.Deserialize(bytes);
}
