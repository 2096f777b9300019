using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Streams.Processing;

/// <summary>What a batch came to. Not safe for concurrent use.</summary>
public sealed class StreamResult
{
    private readonly IReadOnlyList<string> _names;
    private readonly RecordOutcome[] _outcomes;

    internal StreamResult(IReadOnlyList<string> names, int count)
        : this(names, new RecordOutcome[count])
    {
    }

    /// <param name="names">Names of the outputs.</param>
    /// <param name="outcomes">Takes the outcomes; some may be there, to be counted with <see cref="Set"/>.</param>
    internal StreamResult(IReadOnlyList<string> names, RecordOutcome[] outcomes)
    {
        _names = names;
        _outcomes = outcomes;
        Buffers = new List<OutputRecord>[names.Count];
        for (var i = 0; i < Buffers.Length; i++)
        {
            Buffers[i] = [];
        }
    }

    /// <summary>What became of each input record, by its index in the batch.</summary>
    public IReadOnlyList<RecordOutcome> Outcomes => _outcomes;

    /// <summary>Names of the outputs, in the order they were first named.</summary>
    public IReadOnlyList<string> Outputs => _names;

    /// <summary>How many records were processed, with at least one output each.</summary>
    public int Processed { get; private set; }

    /// <summary>How many records were processed and left no output.</summary>
    public int Dropped { get; private set; }

    /// <summary>How many records are poison.</summary>
    public int Poison { get; private set; }

    /// <summary>How many records are copies, or were done before.</summary>
    public int Duplicates { get; private set; }

    /// <summary>What is left to do when the outputs are published: the progress of a stateful function. Null where nothing is.</summary>
    public BatchCompletion? Completion { get; internal set; }

    /// <summary>Results that no single record triggered and that could not be sent on, with the reason.</summary>
    public IReadOnlyList<(OutputRecord Result, Exception Error)> FailedResults { get; internal init; } = [];

    /// <summary>Index of the record that has to be tried again, where the batch stopped; null where all were reached.</summary>
    public int? StoppedAt { get; private set; }

    internal List<OutputRecord>[] Buffers { get; }

    /// <summary>The records of an output, in the order of the input records they came from.</summary>
    /// <param name="output">The name given to <c>To</c>.</param>
    /// <exception cref="ArgumentException">The processor has no output of that name.</exception>
    public IReadOnlyList<OutputRecord> this[string output] => Buffer(output);

    /// <summary>The records of an output as an array of its own.</summary>
    /// <inheritdoc cref="this"/>
    public OutputRecord[] ToArray(string output = StreamProcessor.ReturnOutput) => [.. Buffer(output)];

    internal void Set(int index, in RecordOutcome outcome)
    {
        _outcomes[index] = outcome;
        switch (outcome.Kind)
        {
            case RecordOutcomeKind.Processed:
                Processed++;
                break;
            case RecordOutcomeKind.Dropped:
                Dropped++;
                break;
            case RecordOutcomeKind.Poison:
                Poison++;
                break;
            case RecordOutcomeKind.Duplicate:
                Duplicates++;
                break;
            case RecordOutcomeKind.Retry:
                StoppedAt = index;
                break;
        }
    }

    private List<OutputRecord> Buffer(string output)
    {
        for (var i = 0; i < _names.Count; i++)
        {
            if (_names[i] == output)
            {
                return Buffers[i];
            }
        }

        throw new ArgumentException(
            $"The stream has no output '{output}'. Its outputs are: {string.Join(", ", _names)}. Name one of them, or add To(…, \"{output}\").",
            nameof(output));
    }
}
