namespace KafkaFunctions.Simulation.Scheduling;

/// <summary>What the scheduler lets a step come to.</summary>
internal enum StepFate
{
    /// <summary>A part of it takes effect.</summary>
    Advanced,

    /// <summary>It has taken effect, and the caller does not know yet.</summary>
    Done,

    /// <summary>The caller goes on.</summary>
    Acknowledged,

    /// <summary>It does not take effect (any further), and the caller is told so.</summary>
    Refused,

    /// <summary>It has taken effect, and the caller is told that it failed.</summary>
    AcknowledgementLost,

    /// <summary>The caller is dead.</summary>
    Orphaned,
}
