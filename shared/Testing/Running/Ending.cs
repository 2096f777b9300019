namespace KafkaFunctions.Testing.Running;

/// <summary>How a call of an instance ended.</summary>
internal enum Ending
{
    /// <summary>It returned, or threw.</summary>
    Ended,

    /// <summary>The instance is dead: the call never ends.</summary>
    Crashed,

    /// <summary>The instance stands still; the call goes on with it.</summary>
    Stopped,
}
