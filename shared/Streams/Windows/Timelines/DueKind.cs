namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>What is to be done with a key at a time. The values are stored.</summary>
internal enum DueKind : byte
{
    /// <summary>A window is to be closed, and its final result published.</summary>
    Close = 0,

    /// <summary>The row can be deleted.</summary>
    Expire = 1,

    /// <summary>A result that is held is to be emitted.</summary>
    Release = 2,
}
