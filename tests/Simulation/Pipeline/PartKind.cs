namespace KafkaFunctions.Simulation.Pipeline;

/// <summary>A <see cref="PipelinePart"/>.</summary>
internal enum PartKind
{
    /// <summary>Functions without windows.</summary>
    Aggregations,

    /// <summary>Windowed aggregations.</summary>
    Windows,

    /// <summary>Joins of streams.</summary>
    Joins,

    /// <summary>Joins of tables, and of a stream with tables.</summary>
    Tables,
}
