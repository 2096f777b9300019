using KafkaFunctions.EndToEnd.Tests.Pipelines;
using KafkaFunctions.TestSupport.Otlp;

namespace KafkaFunctions.EndToEnd.Tests.Telemetry;

/// <summary>The app with a receiver of its telemetry, wherever it runs.</summary>
public interface ITracedApp
{
    Pipeline Pipeline { get; }

    OtlpReceiver Receiver { get; }

    Task EnsureStartedAsync();
}
