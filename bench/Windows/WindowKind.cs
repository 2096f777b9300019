namespace KafkaFunctions.Bench.Windows;

/// <summary>Windows that are counted.</summary>
internal enum WindowKind
{
    /// <summary>A minute each.</summary>
    Tumbling,

    /// <summary>Five minutes, one beginning each minute.</summary>
    Hopping,

    /// <summary>Gaps of 30 seconds.</summary>
    Sessions,
}
