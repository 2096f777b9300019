using KafkaFunctions.Bench.Runs;

namespace KafkaFunctions.Bench.Speed;

/// <summary>Runs contenders in rounds, in an order that turns by one each round, and tells the medians.</summary>
internal sealed class RaceTable(BenchRun run, IReadOnlyList<Contender> contenders)
{
    private readonly List<SpeedSample>[] _samples = [.. contenders.Select(_ => new List<SpeedSample>())];

    /// <summary>Rounds run.</summary>
    public int Rounds => _samples[0].Count;

    /// <summary>Runs all rounds.</summary>
    /// <param name="rounds">How many.</param>
    /// <param name="lap">Runs a contender once.</param>
    public async Task RunAsync(int rounds, Func<Contender, int, Task<SpeedSample>> lap)
    {
        for (var round = 0; round < rounds; round++)
        {
            for (var turn = 0; turn < contenders.Count; turn++)
            {
                var at = (round + turn) % contenders.Count;
                var sample = await lap(contenders[at], round);
                _samples[at].Add(sample);
                run.Say(Report.Invariant($"{contenders[at].Name}: {sample.RecordsPerSecond:N0} records/s, {sample.CpuPerMillion:0.00} CPU s per million"));
            }
        }
    }

    /// <summary>Median speed of a contender.</summary>
    public double SpeedOf(int contender) => Statistics.Median(_samples[contender].Select(sample => sample.RecordsPerSecond));

    /// <summary>Median CPU seconds per million records of a contender.</summary>
    public double CpuOf(int contender) => Statistics.Median(_samples[contender].Select(sample => sample.CpuPerMillion));

    /// <summary>Median over the rounds of a contender's speed by another's in the same round: what changes slowly on the machine concerns
    /// both.</summary>
    public double RatioOf(int contender, int other) =>
        Statistics.Median(_samples[contender].Zip(_samples[other], (one, against) => one.RecordsPerSecond / against.RecordsPerSecond));

    /// <summary>Adds the table.</summary>
    public void AddTo(Report report) => report.Table(
        ["contender", "records/s", "CPU s per million", "allocated bytes per record"],
        contenders.Select((contender, i) => new[]
        {
            contender.Name,
            Report.Invariant($"{SpeedOf(i):N0} ({string.Join(", ", _samples[i].Select(sample => Report.Invariant($"{sample.RecordsPerSecond:N0}")))})"),
            Report.Invariant($"{CpuOf(i):0.00} ({string.Join(", ", _samples[i].Select(sample => Report.Invariant($"{sample.CpuPerMillion:0.00}")))})"),
            Allocated(_samples[i]),
        }));

    private static string Allocated(List<SpeedSample> samples)
    {
        double[] known = [.. samples.Where(sample => sample.AllocatedPerRecord is not null).Select(sample => sample.AllocatedPerRecord!.Value)];
        return known.Length == 0 ? "not told" : Report.Invariant($"{Statistics.Median(known):0}");
    }
}
