using KafkaFunctions.Reference.Cases;

namespace KafkaFunctions.Reference.Generation;

/// <summary>A record before its time is known.</summary>
internal readonly record struct RecordDraft(RecordStep Step, int Distance, Side Side, string? Key, long? Value);
