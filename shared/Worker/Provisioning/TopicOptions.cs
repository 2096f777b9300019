using System.ComponentModel.DataAnnotations;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Worker.Provisioning;

/// <summary>Creation of missing topics. Section <c>Kafka</c> of the settings.</summary>
public sealed class TopicOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Kafka";

    /// <summary>Which missing topics are created. Default: null, that is <see cref="TopicCreation.All"/> on the embedded log and in
    /// the demo, <see cref="TopicCreation.DeadLetters"/> on a Kafka broker. Setting <c>Kafka__CreateTopics</c>.</summary>
    [EnumDataType(typeof(TopicCreation), ErrorMessage = "Kafka__CreateTopics must be None, DeadLetters or All.")]
    public TopicCreation? CreateTopics { get; set; }

    /// <summary>Partitions of a created topic; a dead-letter topic gets as many as its source. Default 4. Setting
    /// <c>Kafka__Partitions</c>.</summary>
    [Range(1, 10_000, ErrorMessage = "Kafka__Partitions must be between {1} and {2}.")]
    public int Partitions { get; set; } = TopicSpecification.DefaultPartitions;
}
