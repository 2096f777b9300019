using KafkaFunctions.Testing.Faults;

namespace KafkaFunctions.Testing;

/// <summary>A named point on the way of a batch, where a <see cref="Fault"/> can strike. Immutable.</summary>
public sealed record Step
{
    private Step(StepKind kind, int records = 0)
    {
        Kind = kind;
        Records = records;
    }

    /// <summary>The batch is there; the function has not run.</summary>
    public static Step BeforeFunction { get; } = new(StepKind.BeforeFunction);

    /// <summary>Before rows are read, by their keys or a range of them. Rows that are known in memory are not read.</summary>
    public static Step BeforeStateRead { get; } = new(StepKind.BeforeStateRead);

    /// <summary>Rows are read, and the function does not have them yet.</summary>
    public static Step AfterStateRead { get; } = new(StepKind.AfterStateRead);

    /// <summary>Before a transaction of state rows; a batch may have several.</summary>
    public static Step BeforeStateWrite { get; } = new(StepKind.BeforeStateWrite);

    /// <summary>A transaction of state rows is stored, and the function does not know it yet.</summary>
    public static Step AfterStateWrite { get; } = new(StepKind.AfterStateWrite);

    /// <summary>The function has returned; nothing of what it returned is published.</summary>
    public static Step AfterFunction { get; } = new(StepKind.AfterFunction);

    /// <summary>Before the records for one topic are published; dead letters, too.</summary>
    public static Step BeforePublish { get; } = new(StepKind.BeforePublish);

    /// <summary>All records for one topic are visible, and the caller does not know it yet.</summary>
    public static Step AfterPublish { get; } = new(StepKind.AfterPublish);

    /// <summary>Everything is acknowledged; before the progress of a function with state is written.</summary>
    public static Step BeforeProgress { get; } = new(StepKind.BeforeProgress);

    /// <summary>The progress is stored, and the caller does not know it yet.</summary>
    public static Step AfterProgress { get; } = new(StepKind.AfterProgress);

    /// <summary>The invocation has succeeded; its offsets are not committed.</summary>
    public static Step BeforeCommit { get; } = new(StepKind.BeforeCommit);

    /// <summary>The offsets are committed.</summary>
    public static Step AfterCommit { get; } = new(StepKind.AfterCommit);

    /// <summary>Every step, in the order in which a batch takes them; of <see cref="AfterPublishOf"/>, that of one record.</summary>
    public static IReadOnlyList<Step> All { get; } =
    [
        BeforeFunction, BeforeStateRead, AfterStateRead, BeforeStateWrite, AfterStateWrite, AfterFunction,
        BeforePublish, AfterPublishOf(1), AfterPublish, BeforeProgress, AfterProgress, BeforeCommit, AfterCommit,
    ];

    /// <summary>The function whose batches are meant; null (default) for all functions.</summary>
    public string? Function { get; private init; }

    internal StepKind Kind { get; }

    internal int Records { get; }

    /// <summary>Some records of a publish call are visible, and the others are not.</summary>
    /// <param name="records">How many are visible, at least 1.</param>
    public static Step AfterPublishOf(int records)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(records, 1);
        return new Step(StepKind.AfterPublishOf, records);
    }

    /// <summary>The same step of one function alone.</summary>
    /// <param name="function">The function's name.</param>
    public Step Of(string function)
    {
        ArgumentException.ThrowIfNullOrEmpty(function);
        return this with { Function = function };
    }

    /// <summary>The step's name, such as <c>BeforeStateWrite</c> or <c>AfterPublishOf(2) of CountPageViews</c>.</summary>
    public override string ToString()
    {
        var step = Kind == StepKind.AfterPublishOf ? FormattableString.Invariant($"{Kind}({Records})") : Kind.ToString();
        return Function is null ? step : $"{step} of {Function}";
    }

    internal bool IsReachedBy(StepKind kind, string? function, int records) =>
        kind == Kind && records == Records && (Function is null || Function.Equals(function, StringComparison.OrdinalIgnoreCase));
}
