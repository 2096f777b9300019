using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Specifications;

namespace KafkaFunctions.Reference.Windows;

/// <summary>Holds the updates of windows: one of each window, until its time is up or there are too many.</summary>
internal sealed class HeldResultModel(Model windows, WindowAggregation settings, ReferenceRules rules) : Model
{
    private readonly StreamClock _clock = new();
    private readonly List<Update> _emitted = [];
    private List<HeldResult> _held = [];

    public override IEnumerable<Update> State => windows.State;

    public override void Process(InputRecord record, Step step)
    {
        var updates = new Step(step.Input);
        windows.Process(record, updates);
        step.TakeAllButUpdates(updates);
        foreach (var update in updates.Updates)
        {
            _clock.Move(update.Timestamp);
            Hold(update);
            if (rules.ReleasesByUpdate)
            {
                EmitDue(step);
            }
        }

        EmitDue(step);
    }

    private void Hold(Update update)
    {
        var before = _held.Find(held => held.IsOf(update));
        _held.RemoveAll(held => held.IsOf(update));
        if (update.Value is not null || rules.RetractsWhatWasHeld || IsKnown(update))
        {
            _held.Add(new HeldResult(before?.Since ?? update.Timestamp, update));
        }
    }

    private void EmitDue(Step step)
    {
        while (First() is { } first && (first.Since <= Times.Subtract(_clock.Now, settings.Limit) || _held.Count > settings.MaxRows))
        {
            _held = [.. _held.Where(held => held != first)];
            _emitted.Add(first.Latest);
            step.Emit(first.Latest);
        }
    }

    private HeldResult? First() => _held
        .OrderBy(held => held.Since)
        .ThenBy(held => held.Latest.Key, StringComparer.Ordinal)
        .ThenBy(held => held.Latest.End - (rules.ReleasesByUpdate ? 0 : held.Latest.Start))
        .ThenBy(held => held.Latest.Start)
        .FirstOrDefault();

    /// <summary>Whether a reader of the results has the window.</summary>
    private bool IsKnown(Update update) => _emitted.FindLast(emitted => new HeldResult(0, emitted).IsOf(update)) is { Value: not null };
}
