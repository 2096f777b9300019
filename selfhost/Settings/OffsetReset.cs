namespace KafkaFunctions.SelfHost.Settings;

/// <summary>Where a consumer group that has committed nothing begins.</summary>
internal enum OffsetReset
{
    /// <summary>With the oldest record kept.</summary>
    Earliest,

    /// <summary>With the next record that arrives.</summary>
    Latest,
}
