using System.Globalization;
using OpenTelemetry.Trace;

namespace KafkaFunctions.Worker.Export;

/// <summary>The samplers that OpenTelemetry's settings name.</summary>
internal static class Samplers
{
    private const string ParentBased = "parentbased_";
    private const string Ratio = "traceidratio";

    /// <summary>The names.</summary>
    public static readonly string[] Names =
        ["always_on", "always_off", Ratio, $"{ParentBased}always_on", $"{ParentBased}always_off", $"{ParentBased}{Ratio}"];

    /// <summary>Whether the sampler takes a share of the traces as its argument.</summary>
    public static bool TakesShare(string name) => name.EndsWith(Ratio, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a share of the traces; null where it is none.</summary>
    public static double? ReadShare(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1 ? share : null;

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="share">The share that it takes.</param>
    public static Sampler Create(string name, double share)
    {
        Sampler root = TakesShare(name) ? new TraceIdRatioBasedSampler(share)
            : name.EndsWith("always_off", StringComparison.OrdinalIgnoreCase) ? new AlwaysOffSampler()
            : new AlwaysOnSampler();
        return name.StartsWith(ParentBased, StringComparison.OrdinalIgnoreCase) ? new ParentBasedSampler(root) : root;
    }
}
