using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>A window with its aggregate, which is decoded when it is first asked for.</summary>
internal sealed class TimelineEntry<TState>(ISerde<TState> serde) : TimelineEntry
{
    private TState _state = default!;
    private bool _isDecoded;
    private bool _isChanged;

    /// <summary>The aggregate. Whoever changes the object in place sets it, too.</summary>
    public TState State
    {
        get
        {
            if (!_isDecoded)
            {
                _state = serde.Deserialize(Bytes);
                _isDecoded = true;
            }

            return _state;
        }

        set
        {
            _state = value;
            _isDecoded = _isChanged = true;
        }
    }

    public override void Encode()
    {
        if (_isChanged)
        {
            Bytes = serde.Serialize(_state);
            _isChanged = false;
        }
    }
}
