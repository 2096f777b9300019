using System.Globalization;

namespace KafkaFunctions.SelfHost.CommandLine.Produce;

/// <summary>Shows on a terminal how far a long input has come.</summary>
internal sealed class ProduceProgress(CommandConsole console, TimeProvider time)
{
    private const string EraseLine = "\r\u001b[K";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long _shownAt = time.GetTimestamp();
    private bool _isShown;

    public void Show(long records)
    {
        if (console.InputIsTerminal || !console.ErrorIsTerminal || time.GetElapsedTime(_shownAt) < Interval)
        {
            return;
        }

        console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"{EraseLine}{records:N0} records"));
        _shownAt = time.GetTimestamp();
        _isShown = true;
    }

    public void Clear()
    {
        if (_isShown)
        {
            console.Error.Write(EraseLine);
        }
    }
}
