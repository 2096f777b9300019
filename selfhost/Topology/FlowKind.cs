namespace KafkaFunctions.SelfHost.Topology;

/// <summary>Why a function writes a topic.</summary>
internal enum FlowKind
{
    /// <summary>An output binding.</summary>
    Output,

    /// <summary>The output of records that came too late for their window.</summary>
    Late,

    /// <summary>Code of the function, without a binding.</summary>
    Code,

    /// <summary>Records that the function cannot process.</summary>
    DeadLetters,
}
