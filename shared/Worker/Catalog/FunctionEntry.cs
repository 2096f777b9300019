namespace KafkaFunctions.Worker.Catalog;

/// <summary>What the platform knows of one function.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Trigger">Its Kafka trigger; null where another trigger starts it.</param>
/// <param name="Outputs">Its Kafka outputs.</param>
internal sealed record FunctionEntry(string Name, KafkaTriggerBinding? Trigger, IReadOnlyList<KafkaOutputBinding> Outputs);
