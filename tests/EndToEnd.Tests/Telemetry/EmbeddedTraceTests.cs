using KafkaFunctions.EndToEnd.Tests.Pipelines;

namespace KafkaFunctions.EndToEnd.Tests.Telemetry;

/// <summary>Traces over the embedded log.</summary>
public sealed class EmbeddedTraceTests(TracedApp<EmbeddedPipeline> app) : TraceTests(app), IClassFixture<TracedApp<EmbeddedPipeline>>;
