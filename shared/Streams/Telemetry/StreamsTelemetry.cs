using System.Diagnostics;

namespace KafkaFunctions.Streams.Telemetry;

/// <summary>Name and spans of the library's telemetry.</summary>
internal static class StreamsTelemetry
{
    /// <summary>Name of the meter and of the source of spans.</summary>
    public const string Name = "KafkaFunctions.Streams";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>The span of a batch's work on a store; null where nobody listens.</summary>
    /// <param name="store">The store.</param>
    /// <param name="operations">How many operations the batch has for it.</param>
    public static Activity? StartApply(string store, int operations) => Start("apply", store)?.SetTag("kafkafunctions.state.operations", operations);

    /// <summary>The span of a batch's look into a store of another function; null where nobody listens.</summary>
    /// <param name="store">The store.</param>
    /// <param name="records">How many records look something up.</param>
    public static Activity? StartLookUp(string store, int records) => Start("look-up", store)?.SetTag("kafkafunctions.state.operations", records);

    /// <summary>The span of writing how far a function is; null where nobody listens.</summary>
    public static Activity? StartCommit(string store) => Start("commit", store);

    private static Activity? Start(string what, string store) =>
        Source.HasListeners() ? Source.StartActivity($"{what} {store}")?.SetTag("kafkafunctions.store", store) : null;
}
