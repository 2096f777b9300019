using KafkaFunctions.TestSupport;

namespace KafkaFunctions.EndToEnd.Tests.Pipelines;

/// <summary>The pipeline on the embedded log.</summary>
public sealed class EmbeddedPipelineTests(EmbeddedPipeline pipeline, RealKafka kafka) : PipelineTests(pipeline, kafka), IClassFixture<EmbeddedPipeline>;
