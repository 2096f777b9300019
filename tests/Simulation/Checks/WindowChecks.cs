using System.Globalization;
using KafkaFunctions.Reference;
using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Specifications;
using KafkaFunctions.Simulation.Pipeline;
using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using Microsoft.Azure.Functions.Worker;
using InputRecord = KafkaFunctions.Reference.Cases.InputRecord;

namespace KafkaFunctions.Simulation.Checks;

/// <summary>Compares what a windowed aggregation has come to with the reference, partition by partition in the order of the offsets.</summary>
internal sealed class WindowChecks
{
    // Longer than time goes by in a world.
    private const long LongQuiet = 1_000_000_000;

    // Longer than a closed window is needed by others.
    private const long Needed = 70_000;

    private readonly World _world;
    private readonly Survivors _survivors;
    private readonly WindowFunction _function;
    private readonly IReadOnlyList<KafkaRecord> _records;
    private readonly List<InputRecord> _inputs;
    private readonly CaseResult _result;
    private readonly HashSet<string?> _otherwise;

    public WindowChecks(World world, Survivors survivors, WindowFunction function)
    {
        (_world, _survivors, _function) = (world, survivors, function);
        _records = survivors[WindowPart.Source];
        _inputs = [.. _records.Select(InputOf)];
        _inputs.AddRange(function.ClosesAfterIdle ? [.. Quiet()] : []);
        _result = Run(function.Windows);
        _otherwise = [.. _result.OwnRules.Select(use => use.Key), .. _inputs.Where(IsPoison).Select(input => input.Key), .. _inputs.Skip(_records.Count).Select(input => input.Key)];
    }

    /// <returns>What is wrong; null where nothing is.</returns>
    public string? FirstProblem() => State() ?? Updates() ?? Finals() ?? Held() ?? Late() ?? Letters();

    /// <summary>All windows that are not over for longer than they are kept, as they should be, and none that should not be.</summary>
    private string? State()
    {
        var expected = _result.State!.Where(IsCompared).ToDictionary(WindowOf);
        foreach (var stored in StoredWindows.Of(_world, _function.Store).Where(IsCompared))
        {
            if (!expected.Remove(WindowOf(stored), out var window) || window != stored)
            {
                return $"Store '{_function.Store}' has {stored} and not {window?.ToString() ?? "nothing"}.";
            }
        }

        return expected.Values.Where(window => window.End > ForgottenAt(window.Key)).Select(window => $"Store '{_function.Store}' has no {window}.").FirstOrDefault()
            ?? Leftover();
    }

    /// <summary>Where timers clean up, no key is left whose windows have been over for long. How far wall time has let the clock go on is not
    /// known.</summary>
    private string? Leftover() => _world.CleansUp && !_function.ClosesAfterIdle
        ? StoredWindows.Latest(_world, _function.Store)
            .Where(row => !_otherwise.Contains(row.Key) && row.Latest < ForgottenAt(row.Key) - Needed)
            .Select(row => $"Store '{_function.Store}' still has {row.Key}, whose last window ended at {row.Latest}; forgotten is what ended by {ForgottenAt(row.Key)}.")
            .FirstOrDefault()
        : null;

    /// <summary>The last update of each window is what it has come to; not folded, every update is there.</summary>
    private string? Updates()
    {
        if (!_function.HasUpdates)
        {
            return null;
        }

        var actual = UpdatesIn(_function.Updates).ToList();
        var expected = _result.Updates.Where(IsCompared).ToList();
        return CompareLast(Last(actual), Last(expected))
            ?? (_world.RunOptions.FoldBatch ? null : Compare("updates", actual, expected));
    }

    /// <summary>A session that came and went within a batch leaves no trace.</summary>
    private string? CompareLast(Dictionary<(string?, long?, long?), Update> actual, Dictionary<(string?, long?, long?), Update> expected) => actual.Keys
        .Union(expected.Where(pair => pair.Value.Value is not null).Select(pair => pair.Key))
        .Where(window => actual.GetValueOrDefault(window) != expected.GetValueOrDefault(window))
        .Select(window => $"The last update of {_function.Name} is {actual.GetValueOrDefault(window)} and not {expected.GetValueOrDefault(window)}.")
        .FirstOrDefault();

    /// <summary>Each closed window is final once, in the topic or as a dead letter.</summary>
    private string? Finals()
    {
        if (!_function.HasFinals)
        {
            return null;
        }

        var expected = (_function.EmitsFinal ? _result : Run(_function.Specification(ResultMode.Final))).Updates.Where(IsCompared).Select(AsPublished).ToLookup(result => result.IsLetter, result => result.Result);
        var letters = DeadLetters.OfResults(_survivors, WindowPart.Source, _function.Name).Select(LetterOf).Where(IsCompared);
        return Compare("final results", UpdatesIn(_function.Finals), expected[false])
            ?? Compare("dead letters of final results", letters, expected[true])
            ?? Outbox();
    }

    private string? Outbox() =>
        StoredWindows.OutboxRows(_world, _function.Store) is var left and > 0 ? $"{left} rows of results are left in '{_function.Store}'." : null;

    /// <summary>However batches are cut, each window has the results that are due, in their order. With a maximum, what goes early depends on
    /// the batches: each result is one that the window had, in their order, and the last of a window is emitted or held.</summary>
    private string? Held()
    {
        if (_function.Limit is not { } limit)
        {
            return null;
        }

        var actual = UpdateOrder.ByWindow(UpdatesIn(_function.Held));
        if (_function.MaxRows is not null)
        {
            return HeldUpToAMaximum(actual.ToLookup(WindowOf)) ?? Outbox();
        }

        var settings = (WindowAggregation)_function.Specification(ResultMode.Limited);
        var expected = UpdateOrder.ByWindow(Run(settings with { Limit = limit }).Updates.Where(IsCompared));
        return actual.SequenceEqual(expected) ? Outbox() : $"The held results of {_function.Name} are {Difference(actual, expected)}; in order {string.Join(", ", actual)}.";
    }

    private string? HeldUpToAMaximum(ILookup<(string?, long?, long?), Update> actual)
    {
        var held = StoredWindows.Held(_world, _function.Store);
        var expected = _result.Updates.Where(IsCompared).ToLookup(WindowOf);
        return actual.Select(results => results.Key).Union(expected.Select(updates => updates.Key))
            .Where(window => !IsPart(actual[window], expected[window])
                || (actual[window].LastOrDefault() != expected[window].LastOrDefault() && !held.Contains((window.Item1!, new Streams.Windows.Window(window.Item2!.Value, window.Item3!.Value)))))
            .Select(window => $"The results of {_function.Name} are {string.Join(", ", actual[window])} of {string.Join(", ", expected[window])}.")
            .FirstOrDefault();
    }

    private static bool IsPart(IEnumerable<Update> some, IEnumerable<Update> all)
    {
        using var rest = all.GetEnumerator();
        return some.All(update =>
        {
            while (rest.MoveNext())
            {
                if (rest.Current == update)
                {
                    return true;
                }
            }

            return false;
        });
    }

    /// <summary>One that could not be sent on has the records' key as a letter; one that was refused its own.</summary>
    private static (Update Result, bool IsLetter) AsPublished(Update final)
    {
        var value = long.Parse(final.Value!, CultureInfo.InvariantCulture);
        return !WindowValues.CanBeSent(value) ? (final with { Start = null, End = null }, true) : (final, !WindowValues.IsAccepted(value));
    }

    private static Update LetterOf(KafkaRecord letter) => letter.Key!.Length == sizeof(long)
        ? new Update(KeyOf(letter.Key), null, null, TextOf(letter.Value), TimeOf(letter))
        : UpdateOf(letter);

    /// <summary>Each late record is there once, as it came, and no other.</summary>
    private string? Late()
    {
        // By how much a session is late depends on sessions that may be forgotten.
        var tellsHowMuch = _function.Windows is not SessionWindowAggregation;
        var expected = _result.Late!
            .Where(late => !IsOwnRule(late.Input))
            .GroupBy(late => late.Input)
            .Select(group => Show(_records[group.Key], _records[group.Key].Partition, _records[group.Key].Offset, tellsHowMuch ? group.Max(late => late.By) : 0))
            .Order(StringComparer.Ordinal)
            .ToList();
        var actual = _survivors[_function.Late].Select(ShowLate).OfType<string>().Order(StringComparer.Ordinal).ToList();
        return actual.SequenceEqual(expected) ? null : $"Late of {_function.Name} are {string.Join(", ", actual)} and not {string.Join(", ", expected)}.";

        string? ShowLate(KafkaRecord record)
        {
            if (!RecordIdentity.TryParse(Array.FindLast(record.Headers, header => header.Key == HeaderNames.Identity)?.Value, out var identity))
            {
                return "a record without identity";
            }

            var partition = int.Parse(identity!.Path[(identity.Path.IndexOf(':') + 1)..], CultureInfo.InvariantCulture);
            var by = long.Parse(Array.FindLast(record.Headers, header => header.Key == HeaderNames.LateBy)!.GetValueAsString()!, CultureInfo.InvariantCulture);
            var input = _inputs.FindIndex(input => input.Partition == partition && input.Offset == identity.Sequence[0]);
            return input >= 0 && IsOwnRule(input) ? null : Show(record, partition, identity.Sequence[0], tellsHowMuch ? by : 0);
        }
    }

    private string? Letters()
    {
        var late = _result.Late!.Select(late => late.Input).ToHashSet();
        return DeadLetters.Of(_survivors, WindowPart.Source, _function.Name, _inputs.Where((input, i) => IsPoison(input) && !late.Contains(i)).Count());
    }

    private CaseResult Run(Specification windows) => new ReferenceRunner(ReferenceRules.Ours).Run(new Case(windows, _inputs));

    /// <summary>What a timer does in the end is what a much later record of a key of its own would do in each partition.</summary>
    private IEnumerable<InputRecord> Quiet() =>
        from record in _records
        group record by record.Partition into partition
        select new InputRecord(
            Side.Left, partition.Key, partition.Max(record => record.Offset) + 1, $"quiet {partition.Key}", 1, partition.Max(record => TimeOf(record)) + LongQuiet);

    /// <summary>Poison moves the clock, and is in nobody's windows.</summary>
    private InputRecord InputOf(KafkaRecord record, int index)
    {
        var value = Serdes.Int64.Deserialize(record.Value);
        var isPoison = _function.HasPoison && !WindowValues.CanBeAdded(value);
        return new InputRecord(Side.Left, record.Partition, record.Offset, isPoison ? $"poison {index}" : KeyOf(record.Key), value, TimeOf(record));
    }

    private bool IsPoison(InputRecord input) => _function.HasPoison && !WindowValues.CanBeAdded(input.Value!.Value);

    /// <summary>Whether the reference and the product may differ in a key.</summary>
    private bool IsOwnRule(int input) => !IsPoison(_inputs[input]) && _otherwise.Contains(_inputs[input].Key);

    private bool IsCompared(Update update) => !_otherwise.Contains(update.Key);

    /// <summary>The highest end of windows of a key that may be forgotten.</summary>
    private long ForgottenAt(string? key)
    {
        var partition = _inputs.Find(input => input.Key == key)!.Partition;
        var now = _inputs.Where(input => input.Partition == partition).Max(input => input.Timestamp);
        return now - _function.Retention - _function.Windows switch
        {
            TimeWindowAggregation windows => windows.Grace,
            SlidingWindowAggregation windows => windows.Grace,
            SessionWindowAggregation windows => windows.Grace + windows.Gap,
            _ => 0,
        };
    }

    private IEnumerable<Update> UpdatesIn(string topic) => _survivors[topic].Select(UpdateOf).Where(IsCompared);

    private static Update UpdateOf(KafkaRecord record)
    {
        var windowed = WindowTopology.Key.Deserialize(record.Key);
        return new Update(windowed.Key.ToString(CultureInfo.InvariantCulture), windowed.Window.Start, windowed.Window.End, TextOf(record.Value), TimeOf(record));
    }

    private static (string?, long?, long?) WindowOf(Update update) => (update.Key, update.Start, update.End);

    private static Dictionary<(string?, long?, long?), Update> Last(IEnumerable<Update> updates) => updates.GroupBy(WindowOf).ToDictionary(group => group.Key, group => group.Last());

    private static string KeyOf(byte[]? key) => Serdes.Int64.Deserialize(key).ToString(CultureInfo.InvariantCulture);

    private static string? TextOf(byte[]? value) => value is null ? null : Serdes.Int64.Deserialize(value).ToString(CultureInfo.InvariantCulture);

    private static long TimeOf(KafkaRecord record) => record.Timestamp!.UnixTimestampMs;

    private static string Show(KafkaRecord record, int partition, long offset, long by) => string.Create(
        CultureInfo.InvariantCulture, $"{partition}@{offset} {KeyOf(record.Key)}={TextOf(record.Value)}@{TimeOf(record)} by {by}");

    private string? Compare(string what, IEnumerable<Update> actual, IEnumerable<Update> expected)
    {
        var (left, right) = (UpdateOrder.ByEverything(actual), UpdateOrder.ByEverything(expected));
        return left.SequenceEqual(right) ? null : $"The {what} of {_function.Name} are {Difference(left, right)}.";
    }

    private static string Difference(IReadOnlyList<Update> actual, IReadOnlyList<Update> expected)
    {
        var missing = expected.ToList();
        var more = actual.Where(update => !missing.Remove(update)).ToList();
        return $"{actual.Count}: too many are {string.Join(", ", more)}; missing are {string.Join(", ", missing)}";
    }
}
