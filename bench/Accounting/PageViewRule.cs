using System.Text.Json;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Workload;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Bench.Accounting;

/// <summary>ParseWebLogs: one page view per line of the log format, at the time in the line.</summary>
internal sealed class PageViewRule(WebLogWorkload workload) : OutputRule
{
    public override string Topic => Pipeline.Route.Topic;

    public override IReadOnlyList<string> Functions { get; } = [Pipeline.Parse.Function];

    public override bool Expects(in InputEntry input) => !workload.Describe(input.Id).Malformed;

    /// <summary>A line without key becomes a page view with the client's address as key.</summary>
    public override ulong KeyOf(in InputEntry input) => input.Key != 0 ? input.Key : Fingerprint.Of(workload.CreateKey(input.Id));

    public override long TimestampOf(in InputEntry input) => workload.Describe(input.Id).EventTime;

    public override string? FindFault(in InputEntry input, int partition, long offset, in InputRecord output)
    {
        if (Marks.FindInValue(output.Value) != input.Id)
        {
            return "is of another line";
        }

        try
        {
            var line = workload.Describe(input.Id);
            using var json = JsonDocument.Parse(output.Value);
            var root = json.RootElement;
            var same = root.GetProperty("status").GetInt32() == line.Status && root.GetProperty("isBot").GetBoolean() == line.IsBot
                && root.GetProperty("time").GetDateTimeOffset().ToUnixTimeMilliseconds() == line.EventTime;
            return same ? null : $"does not say what the line says: {root.GetRawText()}";
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return $"is no page view: {exception.Message}";
        }
    }
}
