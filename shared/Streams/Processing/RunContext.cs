using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Streams.Processing;

/// <summary>All that changes while a batch runs. One run, one thread.</summary>
internal sealed class RunContext
{
    private readonly List<OutputRecord>[] _outputs;
    private readonly int[] _marks;
    private readonly int[] _collectedMarks;
    private InputRecord _input;
    private RecordHeader[]? _headers;
    private byte[]? _upstream;
    private int _emittedMark;

    public RunContext(List<OutputRecord>[] outputs)
        : this(outputs, [], OriginRule.Extend)
    {
    }

    public RunContext(List<OutputRecord>[] outputs, StateBarrierRun[] barriers, OriginRule origins)
    {
        _outputs = outputs;
        _marks = new int[outputs.Length];
        Barriers = barriers;
        _collectedMarks = new int[barriers.Length];
        Origins = origins;
    }

    public ref readonly InputRecord Input => ref _input;

    /// <summary>Index of the input record in the batch, where the run has barriers.</summary>
    public int InputIndex { get; private set; }

    /// <summary>The run's barriers, by their index in the processor.</summary>
    public StateBarrierRun[] Barriers { get; }

    /// <summary>What origin outputs get.</summary>
    public OriginRule Origins { get; set; }

    /// <summary>The function that results are called by; null where there are none.</summary>
    public string? ResultOf { get; init; }

    /// <summary>Whether the record's bytes have been read: an error from then on is the function's own.</summary>
    public bool IsDeserialized { get; set; }

    /// <summary>Outputs of the record so far, over all named outputs: the index of the next one.</summary>
    public int Emitted { get; private set; }

    public void Begin(in InputRecord input) => Resume(in input, 0, 0, isDeserialized: false);

    /// <summary>Goes on with a record whose bytes have been read, after a barrier.</summary>
    /// <param name="input">The record.</param>
    /// <param name="index">Its index in the batch.</param>
    /// <param name="emitted">Its outputs so far.</param>
    /// <param name="isDeserialized">Whether its bytes have been read.</param>
    public void Resume(in InputRecord input, int index, int emitted, bool isDeserialized = true)
    {
        _input = input;
        _headers = null;
        InputIndex = index;
        _emittedMark = emitted;
        for (var i = 0; i < _outputs.Length; i++)
        {
            _marks[i] = _outputs[i].Count;
        }

        for (var i = 0; i < Barriers.Length; i++)
        {
            _collectedMarks[i] = Barriers[i].Count;
        }

        Restart(isDeserialized);
    }

    public void RollBack()
    {
        for (var i = 0; i < _outputs.Length; i++)
        {
            _outputs[i].RemoveRange(_marks[i], _outputs[i].Count - _marks[i]);
        }

        for (var i = 0; i < Barriers.Length; i++)
        {
            Barriers[i].Truncate(_collectedMarks[i]);
        }

        Restart(isDeserialized: false);
    }

    /// <summary>Whether the record has left anything since the last <see cref="Begin"/> or <see cref="Resume"/>.</summary>
    public bool HasLeftAnything
    {
        get
        {
            if (Emitted > _emittedMark)
            {
                return true;
            }

            for (var i = 0; i < Barriers.Length; i++)
            {
                if (Barriers[i].Count > _collectedMarks[i])
                {
                    return true;
                }
            }

            return false;
        }
    }

    public void Emit(int output, byte[]? key, byte[]? value, long timestamp, RecordHeader[]? headers)
    {
        _headers ??= PlatformHeaders.Without(_input.Headers, out _upstream);
        _outputs[output].Add(new OutputRecord(key, value)
        {
            Timestamp = timestamp,
            Headers = HeadersOf(headers),
            Origin = Origins == OriginRule.None
                ? null
                : new RecordOrigin(_input.Partition, _input.Offset, Emitted, Origins == OriginRule.Extend ? _upstream : null) { ResultOf = ResultOf },
        });
        Emitted++;
    }

    private RecordHeader[] HeadersOf(RecordHeader[]? headers) =>
        headers is null ? []
        : ReferenceEquals(headers, _input.Headers) ? _headers!
        : PlatformHeaders.Without(headers, out _);

    private void Restart(bool isDeserialized)
    {
        Emitted = _emittedMark;
        IsDeserialized = isDeserialized;
    }
}
