using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Streams.Processing;

/// <summary>All that changes while a batch runs. One run, one thread.</summary>
internal sealed class RunContext
{
    private readonly List<OutputRecord>[] _outputs;
    private readonly int[] _marks;
    private InputRecord _input;
    private RecordHeader[]? _headers;
    private byte[]? _upstream;

    public RunContext(List<OutputRecord>[] outputs)
    {
        _outputs = outputs;
        _marks = new int[outputs.Length];
    }

    public ref readonly InputRecord Input => ref _input;

    /// <summary>Whether the record's bytes have been read: an error from then on is the function's own.</summary>
    public bool IsDeserialized { get; set; }

    /// <summary>Outputs of the record so far, over all named outputs: the index of the next one.</summary>
    public int Emitted { get; private set; }

    public void Begin(in InputRecord input)
    {
        _input = input;
        _headers = null;
        for (var i = 0; i < _outputs.Length; i++)
        {
            _marks[i] = _outputs[i].Count;
        }

        Restart();
    }

    public void RollBack()
    {
        for (var i = 0; i < _outputs.Length; i++)
        {
            _outputs[i].RemoveRange(_marks[i], _outputs[i].Count - _marks[i]);
        }

        Restart();
    }

    public void Emit(int output, byte[]? key, byte[]? value, long timestamp, RecordHeader[]? headers)
    {
        _headers ??= PlatformHeaders.Without(_input.Headers, out _upstream);
        _outputs[output].Add(new OutputRecord(key, value)
        {
            Timestamp = timestamp,
            Headers = HeadersOf(headers),
            Origin = new RecordOrigin(_input.Partition, _input.Offset, Emitted, _upstream),
        });
        Emitted++;
    }

    private RecordHeader[] HeadersOf(RecordHeader[]? headers) =>
        headers is null ? []
        : ReferenceEquals(headers, _input.Headers) ? _headers!
        : PlatformHeaders.Without(headers, out _);

    private void Restart()
    {
        Emitted = 0;
        IsDeserialized = false;
    }
}
