using System.Globalization;

namespace KafkaFunctions.SelfHost.CommandLine.Output;

/// <summary>Shows on a terminal how far long work has come.</summary>
internal sealed class CountProgress(CommandConsole console, TimeProvider time, string unit)
{
    private const string EraseLine = "\r\u001b[K";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long _shownAt = time.GetTimestamp();
    private bool _isShown;

    public void Show(long count)
    {
        if (!console.ErrorIsTerminal || time.GetElapsedTime(_shownAt) < Interval)
        {
            return;
        }

        console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"{EraseLine}{count:N0} {unit}"));
        _shownAt = time.GetTimestamp();
        _isShown = true;
    }

    public void Clear()
    {
        if (_isShown)
        {
            console.Error.Write(EraseLine);
            _isShown = false;
        }
    }
}
