using Microsoft.AspNetCore.Http;

namespace KafkaFunctions.SelfHost.Http;

/// <summary>Where the host tells its health and its metrics.</summary>
internal static class HealthPaths
{
    /// <summary>200 while the process answers.</summary>
    public const string Live = "/health/live";

    /// <summary>200 once the functions can work, else 503.</summary>
    public const string Ready = "/health/ready";

    /// <summary>Metrics for Prometheus.</summary>
    public const string Metrics = "/metrics";

    /// <summary>Whether a request's path is one of them.</summary>
    public static bool IsOne(PathString path) => path == Live || path == Ready || path == Metrics;
}
