namespace KafkaFunctions.Testing;

/// <summary>A fault that waits for its step.</summary>
public sealed class InjectedFault
{
    private readonly int _times;
    private int _skip;

    internal InjectedFault(Fault fault, Step at, int times, int skip)
    {
        Fault = fault;
        At = at;
        _times = times;
        _skip = skip;
    }

    /// <summary>What goes wrong.</summary>
    public Fault Fault { get; }

    /// <summary>Where.</summary>
    public Step At { get; }

    /// <summary>How often it has struck so far.</summary>
    public int Struck { get; private set; }

    /// <summary>Whether it has struck as often as it should.</summary>
    public bool IsOver => Struck == _times;

    internal bool Strikes()
    {
        if (IsOver)
        {
            return false;
        }

        if (_skip > 0)
        {
            _skip--;
            return false;
        }

        Struck++;
        return true;
    }
}
