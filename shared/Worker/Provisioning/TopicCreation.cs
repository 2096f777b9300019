namespace KafkaFunctions.Worker.Provisioning;

/// <summary>Which missing topics the app creates at start.</summary>
public enum TopicCreation
{
    /// <summary>None: every topic is there already, or somebody creates it.</summary>
    None,

    /// <summary>Dead-letter topics only: without them a record that cannot be processed would block its partition. The default on
    /// a Kafka broker.</summary>
    DeadLetters,

    /// <summary>All topics that the app's functions read and write. The default on the embedded log.</summary>
    All,
}
