using KafkaFunctions.EndToEnd.Tests.Pipelines;
using KafkaFunctions.TestSupport;

namespace KafkaFunctions.EndToEnd.Tests.Telemetry;

/// <summary>Traces over a real Kafka: a broker of the tests' own, as other tests run the same functions on the shared one.</summary>
public sealed class KafkaTraceTests(TracedApp<KafkaPipeline> app) : TraceTests(app), IClassFixture<TracedApp<KafkaPipeline>>
{
    public override async ValueTask InitializeAsync()
    {
        RealKafka.RequireHome();
        await base.InitializeAsync();
    }
}
