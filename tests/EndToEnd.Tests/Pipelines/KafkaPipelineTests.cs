using KafkaFunctions.TestSupport;

namespace KafkaFunctions.EndToEnd.Tests.Pipelines;

/// <summary>The pipeline on a real Kafka.</summary>
public sealed class KafkaPipelineTests(KafkaPipeline pipeline, RealKafka kafka) : PipelineTests(pipeline, kafka), IClassFixture<KafkaPipeline>;
