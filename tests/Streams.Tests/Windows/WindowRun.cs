using System.Globalization;
using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.InMemory;
using KafkaFunctions.Streams.Tables;
using KafkaFunctions.Streams.Windows;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Tests.Windows;

/// <summary>A windowed aggregation that joins the records' values to a text: results show what is in them. Runs batch after batch as a host
/// would, by default record by record and without folding.</summary>
/// <param name="processor">The aggregation.</param>
/// <param name="folds">Whether batches are folded.</param>
/// <param name="storage">Where the state is; null for some of its own.</param>
/// <param name="from">Whose offsets it goes on with; null for the first ones.</param>
internal sealed class WindowRun(StreamProcessor processor, bool folds = false, InMemoryStateStorage? storage = null, WindowRun? from = null) : IAsyncDisposable
{
    /// <summary>A key that the tests move the clock with.</summary>
    public const string Other = "o";

    private const string Key = "k";
    private const string Final = "final";
    private const string HeldOutput = "held";
    private const string Late = "late";
    private const string NoValue = "null";

    private readonly InMemoryStateStorage _storage = storage ?? new InMemoryStateStorage();
    private readonly Dictionary<int, long> _offsets = from is null ? [] : new(from._offsets);
    private readonly CountedEvents _events = new();
    private StateRuntime? _runtime;

    /// <summary>How windows of a key are divided into pages.</summary>
    public TimelineLimits Limits { get; set; } = TimelineLimits.Default;

    /// <summary>Where the state is.</summary>
    public InMemoryStateStorage Storage => _storage;

    /// <summary>Records that were ignored for the lack of a key or a value, so far.</summary>
    public long Ignored => _events["kafkafunctions.state.ignored"];

    /// <summary>Records that were late, so far.</summary>
    public long LateRecords => _events["kafkafunctions.state.late"];

    /// <summary>Every update of tumbling or hopping windows.</summary>
    public static WindowRun Updates(TimeWindows windows, bool folds = false) => new(Written(Joined(Grouped().WindowedBy(windows))), folds);

    /// <summary>Every update of sliding windows.</summary>
    public static WindowRun Updates(SlidingWindows windows) => new(Written(Joined(Grouped().WindowedBy(windows))));

    /// <summary>Every update of sessions.</summary>
    public static WindowRun Updates(SessionWindows windows, bool folds = false) => new(Written(Joined(Grouped().WindowedBy(windows))), folds);

    /// <summary>Final results of tumbling or hopping windows.</summary>
    public static WindowRun Finals(TimeWindows windows, bool folds = false) => new(Written(Joined(Grouped().WindowedBy(windows).EmitFinal())), folds);

    /// <summary>Final results of sliding windows.</summary>
    public static WindowRun Finals(SlidingWindows windows) => new(Written(Joined(Grouped().WindowedBy(windows).EmitFinal())));

    /// <summary>Final results of sessions.</summary>
    public static WindowRun Finals(SessionWindows windows) => new(Written(Joined(Grouped().WindowedBy(windows).EmitFinal())));

    /// <summary>Every update, and what is suppressed until the window closes.</summary>
    public static WindowRun Suppressed(TimeWindows windows)
    {
        var table = Joined(Grouped().WindowedBy(windows));
        Written(table);
        return new WindowRun(Written(table.Suppress(Streams.Windows.Suppressed.UntilWindowCloses()), Final));
    }

    /// <summary>What is held for a time.</summary>
    public static WindowRun Held(TimeWindows windows, long limit, int? maxRows = null, bool folds = false) =>
        new(Written(Joined(Grouped().WindowedBy(windows)).Suppress(Limit(limit, maxRows))), folds);

    /// <inheritdoc cref="Held(TimeWindows, long, int?, bool)"/>
    public static WindowRun Held(SlidingWindows windows, long limit) => new(Written(Joined(Grouped().WindowedBy(windows)).Suppress(Limit(limit, null))));

    /// <inheritdoc cref="Held(TimeWindows, long, int?, bool)"/>
    public static WindowRun Held(SessionWindows windows, long limit, int? maxRows = null, bool folds = false) =>
        new(Written(Joined(Grouped().WindowedBy(windows)).Suppress(Limit(limit, maxRows))), folds);

    /// <summary>Every update, what is held for a time, and what is suppressed until the window closes.</summary>
    public static WindowRun HeldBeside(TimeWindows windows, long limit)
    {
        var table = Joined(Grouped().WindowedBy(windows));
        Written(table);
        Written(table.Suppress(Limit(limit, null)), HeldOutput);
        return new WindowRun(Written(table.Suppress(Streams.Windows.Suppressed.UntilWindowCloses()), Final));
    }

    /// <summary>Runs one record.</summary>
    /// <returns>What it caused: "key start-end=value @timestamp", "-" for tombstones; "late key @timestamp by milliseconds".</returns>
    public Task<string[]> AddAsync(long timestamp, string? value = "x", string? key = Key, int partition = 0) => BatchAsync(Record(timestamp, value, key, partition));

    /// <summary>Runs a record of another key, which moves the clock.</summary>
    public Task<string[]> MoveToAsync(long timestamp) => AddAsync(timestamp, key: Other);

    /// <summary>Runs a record of another key, which moves the clock.</summary>
    /// <returns>What it caused beside the results of that key itself.</returns>
    public async Task<string[]> ClosedByAsync(long timestamp) =>
        [.. (await MoveToAsync(timestamp)).Where(result => !result.StartsWith(Other, StringComparison.Ordinal))];

    public InputRecord Record(long timestamp, string? value = "x", string? key = Key, int partition = 0)
    {
        var offset = _offsets.GetValueOrDefault(partition);
        _offsets[partition] = offset + 1;
        return new InputRecord("input", partition, offset, Serdes.Utf8.Serialize(key), Serdes.Utf8.Serialize(value), timestamp, []);
    }

    public async Task<string[]> BatchAsync(params InputRecord[] batch)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var result = await ApplyAsync(batch);
        Assert.DoesNotContain(result.Outcomes, outcome => outcome.Kind == RecordOutcomeKind.Poison);
        var shown = Show(result).ToList();
        while (await result.Completion!.DrainAsync(cancellation) is { } finals)
        {
            shown.AddRange(Show(finals));
        }

        await result.Completion.CommitAsync(cancellation);
        return [.. shown];
    }

    /// <summary>Another instance on the same state.</summary>
    public WindowRun Another() => new(processor, folds, _storage) { Limits = Limits };

    /// <summary>Runs a batch.</summary>
    /// <returns>The records that are poison.</returns>
    public async Task<InputRecord[]> FailAsync(params InputRecord[] batch)
    {
        var result = await ApplyAsync(batch);
        await result.Completion!.CommitAsync(TestContext.Current.CancellationToken);
        return [.. batch.Where((_, i) => result.Outcomes[i].Kind == RecordOutcomeKind.Poison)];
    }

    /// <summary>Another instance goes on with what is stored.</summary>
    public void Restart() => _runtime = null;

    public ValueTask DisposeAsync()
    {
        _events.Dispose();
        return _storage.DisposeAsync();
    }

    private Task<StreamResult> ApplyAsync(InputRecord[] batch)
    {
        _runtime ??= new StateRuntime(_storage, "app", new StateOptions { Timelines = Limits }, meters: _events);
        return processor.RunAsync(
            batch,
            record => record,
            _runtime,
            new StreamFunction("F", HonouredIdentities.None),
            new StreamRunOptions { FoldBatch = folds },
            TestContext.Current.CancellationToken);
    }

    private static Aggregation.KGroupedStream<string?, string?> Grouped() => KStream.From(Serdes.Utf8, Serdes.Utf8).GroupByKey(Serdes.Utf8);

    private static KTable<Windowed<string?>, string?> Joined(WindowedKStream<string?, string?> windowed) =>
        windowed.LateTo(Late).Aggregate(() => "", (_, value, text) => text + (value ?? NoValue), "texts", Serdes.Utf8);

    private static KTable<Windowed<string?>, string?> Joined(SessionWindowedKStream<string?, string?> windowed) =>
        windowed.LateTo(Late).Aggregate(() => "", (_, value, text) => text + (value ?? NoValue), (_, earlier, later) => earlier + later, "texts", Serdes.Utf8);

    private static StreamProcessor Written(KTable<Windowed<string?>, string?> table, string output = StreamProcessor.ReturnOutput) =>
        table.To(Serdes.SessionWindowed(Serdes.Utf8), Serdes.Utf8, output);

    private static Streams.Windows.Suppressed Limit(long limit, int? maxRows) => Streams.Windows.Suppressed.UntilTimeLimit(TimeSpan.FromMilliseconds(limit), maxRows);

    private static IEnumerable<string> Show(StreamResult result) =>
        result.Outputs.OrderBy(output => output == Late).SelectMany(output => result[output].Select(record => Show(output, record)));

    private static string Show(string output, OutputRecord record)
    {
        if (output == Late)
        {
            var by = record.Headers.Single(header => header.Key == HeaderNames.LateBy).ValueAsText;
            return string.Create(CultureInfo.InvariantCulture, $"late {Serdes.Utf8.Deserialize(record.Key)} @{record.Timestamp} by {by}");
        }

        var (key, window) = Serdes.SessionWindowed(Serdes.Utf8).Deserialize(record.Key);
        var prefix = output is Final or HeldOutput ? output + " " : "";
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}{key} {window.Start}-{window.End}={Serdes.Utf8.Deserialize(record.Value) ?? "-"} @{record.Timestamp}");
    }
}
