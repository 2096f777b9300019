using System.ComponentModel.DataAnnotations;

namespace KafkaFunctions.Worker.Outputs;

/// <summary>How outputs are delivered. Section <c>Kafka</c> of the settings.</summary>
public sealed class OutputOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Kafka";

    /// <summary>Who publishes. Default <see cref="OutputDelivery.Acknowledged"/>. Setting <c>Kafka__OutputDelivery</c>.</summary>
    public OutputDelivery OutputDelivery { get; set; } = OutputDelivery.Acknowledged;

    /// <summary>Name of the application in the identity of what it publishes: letters, digits, '_', '-', '.'. Default
    /// <c>kafkafunctions</c>. Never change it while records of the old name wait between two functions. Setting
    /// <c>Kafka__Application</c>.</summary>
    [Required]
    public string Application { get; set; } = "kafkafunctions";

    /// <summary>How often a failed publish is tried again inside the invocation before the invocation fails and the host runs it
    /// again. Default 5. Setting <c>Kafka__PublishRetries</c>.</summary>
    [Range(0, 1000)]
    public int PublishRetries { get; set; } = 5;
}
