namespace KafkaFunctions.Tables;

/// <summary>Rows per second of the last two seconds. Not safe for concurrent use.</summary>
internal sealed class RateMeter(TimeProvider time)
{
    private const int Slots = 20;
    private const double SlotSeconds = 0.1;

    private readonly long[] _rows = new long[Slots];
    private readonly long _origin = time.GetTimestamp();
    private long _first = -1;
    private long _last;

    public void Add(int rows)
    {
        var slot = Advance();
        _first = _first < 0 ? slot : _first;
        _rows[slot % Slots] += rows;
    }

    public double Rate()
    {
        var slot = Advance();
        if (_first < 0)
        {
            return 0;
        }

        var slots = Math.Min(slot - _first + 1, Slots);
        return _rows.Sum() / (slots * SlotSeconds);
    }

    /// <summary>The slot of now; what is older than all slots is forgotten.</summary>
    private long Advance()
    {
        var now = (long)(time.GetElapsedTime(_origin).TotalSeconds / SlotSeconds);
        if (now - _last >= Slots)
        {
            Array.Clear(_rows);
            _first = -1;
        }
        else
        {
            for (var slot = _last + 1; slot <= now; slot++)
            {
                _rows[slot % Slots] = 0;
            }
        }

        _last = now;
        return now;
    }
}
