namespace KafkaFunctions.Worker.Telemetry;

/// <summary>Records of one finished invocation.</summary>
internal readonly record struct BatchCounts(int In, int Out, int Dropped, int Duplicates, int DeadLettered);
