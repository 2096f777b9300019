using System.CommandLine;

namespace KafkaFunctions.Bench.Runs;

/// <summary>A number with two defaults: of the full run, and of the slice that CI runs.</summary>
internal sealed class Preset<T>
    where T : struct
{
    private readonly T _full;
    private readonly T _slice;

    public Preset(string name, string description, T full, T slice)
    {
        _full = full;
        _slice = slice;
        Option = new Option<T?>(name) { Description = FormattableString.Invariant($"{description} [default: {full}; with --slice: {slice}]") };
    }

    public Option<T?> Option { get; }

    public T Of(ParseResult arguments, BenchRun run) => arguments.GetValue(Option) ?? (run.Slice ? _slice : _full);
}
