using System.Globalization;

namespace KafkaFunctions.SelfHost.Demo;

/// <summary>A function's flow as a line of text, for output that is no terminal.</summary>
internal static class FlowLine
{
    public static string Of(FunctionFlow flow, DateTimeOffset now)
    {
        var retries = flow.Retries == 0 ? "" : $" retries {flow.Retries}";
        var lag = flow.Lag?.ToString(CultureInfo.InvariantCulture) ?? "?";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{now:HH:mm:ss} {flow.Function} in {flow.In} ({flow.InPerSecond:0}/s) out {flow.Out} dropped {flow.Dropped} dead {flow.DeadLettered}{retries} lag {lag}");
    }
}
