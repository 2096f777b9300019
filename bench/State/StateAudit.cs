using System.Buffers.Binary;
using System.Text;
using KafkaFunctions.Bench.Accounting;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.Workload;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Queries;

namespace KafkaFunctions.Bench.State;

/// <summary>Holds every row of state and every output against what follows from the input topic.</summary>
internal sealed class StateAudit(BenchRun run, ITopicClient topics, StoreUnderTest store)
{
    private const int PageSize = 1_000;

    public async Task RunAsync(int acknowledged, Report report, CancellationToken cancellationToken)
    {
        run.Say("auditing");
        var problems = new Problems();
        var input = await StateLedger.ReadInputAsync(topics, acknowledged, problems, cancellationToken);
        var numbered = await StateLedger.ReadNumberedAsync(topics, problems, cancellationToken);
        StateOutputCheck[] outputs =
        [
            new(StatePipeline.Numbered, "NumberEvents", input, each => Text($"{each.Number};{each.Value}"), forEach: true, problems),
            new(StatePipeline.Counted, "CountEvents", input, each => Number(each.Number), forEach: false, problems),
            new(StatePipeline.Changed, "LatestEvents", numbered, each => Text(each.Value), forEach: false, problems),
            new(StatePipeline.Summed, "SumEvents", numbered, each => Number(SumTo(each.Number)), forEach: false, problems),
        ];
        foreach (var output in outputs)
        {
            await output.ReadAsync(topics, cancellationToken);
        }

        await using var storage = store.Open();
        (string Store, Func<StateEvent, byte[]> ValueOf)[] states =
        [
            (StatePipeline.NumbersStore, last => Number(last.Number)),
            (StatePipeline.CountsStore, last => Number(last.Number)),
            (StatePipeline.LatestStore, last => Text($"{last.Number};{last.Value}")),
            (StatePipeline.SumsStore, last => Number(SumTo(last.Number))),
        ];
        foreach (var (name, valueOf) in states)
        {
            await CompareAsync(storage, name, input, valueOf, problems, cancellationToken);
        }

        await CheckNoDeadLettersAsync(problems, cancellationToken);
        report.Table(
            ["output topic", "different outputs", "copies"],
            outputs.Select(output => new[] { output.Topic, Report.Invariant($"{output.Distinct:N0}"), Report.Invariant($"{output.Copies:N0}") }));
        report.Note(Report.Invariant($"{input.Count:N0} records of {input.Last.Count:N0} keys; each store has a row per key."));
        problems.AddTo(report, "every row of state and every output, without copies, as it follows from the input topic");
    }

    private static async Task CompareAsync(
        IStateStorage storage, string name, StateLedger input, Func<StateEvent, byte[]> valueOf, Problems problems, CancellationToken cancellationToken)
    {
        var reader = new StateReader(storage);
        var keys = 0;
        byte[]? from = null;
        do
        {
            var page = await reader.ListAsync(name, new StateRequest { From = from, Limit = PageSize }, cancellationToken);
            foreach (var entry in page.Entries)
            {
                keys++;
                var key = CountWorkload.FindKey(entry.Key);
                if (!input.Last.TryGetValue(key, out var last))
                {
                    problems.Add($"{name}: row of no record", $"key {key}");
                }
                else if (!valueOf(last).AsSpan().SequenceEqual(entry.Value))
                {
                    problems.Add($"{name}: row wrong", $"key {key}: {Convert.ToHexString(entry.Value)} instead of {Convert.ToHexString(valueOf(last))}");
                }
            }

            from = page.Next;
        }
        while (from is not null);

        if (keys != input.Last.Count)
        {
            problems.Add($"{name}: rows missing", $"{keys} of {input.Last.Count}");
        }
    }

    private async Task CheckNoDeadLettersAsync(Problems problems, CancellationToken cancellationToken)
    {
        foreach (var topic in (string[])[StatePipeline.Input, StatePipeline.Numbered])
        {
            if (await Pipeline.CountAsync(topics, topic + Pipeline.DeadLetterSuffix, cancellationToken) is var letters and > 0)
            {
                problems.Add("dead letters", $"{letters} of {topic}");
            }
        }
    }

    private static long SumTo(long number) => number * (number + 1) / 2;

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Number(long number)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }
}
