using System.Globalization;
using System.Text.Json;

namespace KafkaFunctions.Monitoring.Tests.Live;

/// <summary>One series of a query's answer.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Value">Its value.</param>
internal sealed record PrometheusSeries(IReadOnlyDictionary<string, string> Labels, double Value)
{
    public static PrometheusSeries From(JsonElement series) => new(
        series.GetProperty("metric").EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString()!),
        series.GetProperty("value")[1].GetString() switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            var number => double.Parse(number!, CultureInfo.InvariantCulture),
        });
}
