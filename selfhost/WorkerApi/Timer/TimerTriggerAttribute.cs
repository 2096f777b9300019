using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Starts the function by a schedule.</summary>
/// <param name="schedule">A six-field NCRONTAB expression, a time span, or a setting (<c>%name%</c>) that holds one.</param>
public sealed class TimerTriggerAttribute(string schedule) : TriggerBindingAttribute
{
    /// <summary>The schedule.</summary>
    public string Schedule { get; private set; } = schedule;

    /// <summary>Remembers the schedule across restarts, so that a missed run is made up for. Default: true.</summary>
    public bool UseMonitor { get; set; } = true;

    /// <summary>Also runs when the host starts. Default: false.</summary>
    public bool RunOnStartup { get; set; }
}
