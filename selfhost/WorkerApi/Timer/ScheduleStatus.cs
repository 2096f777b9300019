namespace Microsoft.Azure.Functions.Worker;

/// <summary>Where a timer stands.</summary>
public class ScheduleStatus
{
    /// <summary>When it last ran.</summary>
    public DateTime Last { get; set; }

    /// <summary>When it runs next.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this status was written.</summary>
    public DateTime LastUpdated { get; set; }
}
