using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Worker.Outputs;

/// <summary>What an invocation is about to publish to one topic, in order.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Records">The records; dead letters may take the place of some of them.</param>
internal sealed record PendingOutputs(string Topic, IReadOnlyList<OutputRecord> Records);
