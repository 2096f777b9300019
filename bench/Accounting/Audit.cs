using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.Workload;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Bench.Accounting;

/// <summary>Accounts for every record of the pipeline's topics after it has come to rest.</summary>
internal sealed class Audit(BenchRun run, ITopicClient topics, WebLogWorkload lines, FilterWorkload events)
{
    /// <summary>Reads all topics and adds what it finds to the report.</summary>
    /// <param name="acknowledgedLines">Lines that the broker acknowledged to the feeder.</param>
    /// <param name="acknowledgedEvents">Events that the broker acknowledged to the feeder.</param>
    /// <param name="duplicatesAllowed">Whether outputs may stand there twice (with the same identity).</param>
    /// <param name="report">Takes tables and checks.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<AuditResult> RunAsync(
        int acknowledgedLines, int acknowledgedEvents, bool duplicatesAllowed, Report report, CancellationToken cancellationToken)
    {
        var problems = new Problems();
        run.Say("accounting for every record");
        var lineLedger = await InputLedger.ReadAsync(topics, lines, acknowledgedLines, problems, cancellationToken);
        var eventLedger = await InputLedger.ReadAsync(topics, events, acknowledgedEvents, problems, cancellationToken);

        var filtered = new OutputAccount(new FilterRule(events), eventLedger, duplicatesAllowed, problems);
        var pageViews = new OutputAccount(new PageViewRule(lines), lineLedger, duplicatesAllowed, problems);
        OutputAccount[] routed =
        [
            .. new[] { Pipeline.Errors, Pipeline.Bots, Pipeline.Clean }.Select(topic =>
                new OutputAccount(new RouteRule(topic, lines, pageViews), lineLedger, duplicatesAllowed, problems)),
        ];
        OutputAccount[] outputs = [filtered, pageViews, .. routed];
        foreach (var output in outputs)
        {
            run.Progress(() => $"reading {output.Topic}");
            await output.ReadAsync(topics, cancellationToken);
        }

        var deadLines = new DeadLetterAccount(
            Pipeline.Parse, lineLedger, line => lines.Describe(line.Id).Malformed, duplicatesAllowed, problems);
        await deadLines.ReadAsync(topics, cancellationToken);
        foreach (var stage in new[] { Pipeline.Filter, Pipeline.Route })
        {
            var topic = stage.Topic + Pipeline.DeadLetterSuffix;
            if (await Pipeline.CountAsync(topics, topic, cancellationToken) is > 0 and var count)
            {
                problems.Add("unexpected dead letters", $"{topic}: {count}");
            }
        }

        report.Note(Report.Invariant(
            $"Input: {lineLedger.Count:N0} lines ({lineLedger.Copies:N0} of them copies) and {eventLedger.Count:N0} events ({eventLedger.Copies:N0} copies)."));
        report.Table(
            ["function", "in", "out", "dropped", "dead letters", "in - out - dropped - dead letters"],
            [
                Balance(Pipeline.Filter, eventLedger.Count, filtered.Distinct, eventLedger.Count - filtered.Expected, 0),
                Balance(Pipeline.Parse, lineLedger.Count, pageViews.Distinct, 0, deadLines.Distinct),
                Balance(Pipeline.Route, pageViews.Distinct, routed.Sum(output => output.Distinct), 0, 0),
            ]);
        report.Table(
            ["topic", "expected", "found", "lost", "duplicates", "rewinds of a path, most"],
            [
                .. outputs.Select(output => Row(output.Topic, output.Expected, output.Distinct, output.Lost, output.Duplicates, output.MostRewinds)),
                Row(deadLines.Topic, deadLines.Expected, deadLines.Distinct, deadLines.Lost, deadLines.Duplicates, 0),
            ]);
        problems.AddTo(
            report,
            duplicatesAllowed
                ? "every record accounted for; every duplicate has an identity already seen; first occurrences in order"
                : "every record accounted for; no duplicates; keys, timestamps and headers intact; order per key kept");
        var direct = new[] { filtered, pageViews };
        return new AuditResult(
            outputs.Sum(output => output.Duplicates) + deadLines.Duplicates,
            direct.Max(output => output.MostRewinds));
    }

    private static string[] Balance(Stage stage, long input, long output, long dropped, long dead) =>
        Row(stage.Function, input, output, dropped, dead, input - output - dropped - dead);

    private static string[] Row(string name, params long[] figures) =>
        [name, .. figures.Select(figure => Report.Invariant($"{figure:N0}"))];
}
