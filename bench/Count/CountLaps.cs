using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.Speed;

namespace KafkaFunctions.Bench.Count;

/// <summary>Reads back what contenders wrote in each lap, and holds it against what follows from the input.</summary>
/// <param name="topics">What they read and write.</param>
/// <param name="keyOf">The number of each input record's key.</param>
/// <param name="create">Makes a readback for a lap.</param>
internal sealed class CountLaps(RaceTopics topics, int[] keyOf, Func<Readback> create)
{
    private readonly Dictionary<Contender, string?> _problems = [];
    private readonly Dictionary<Contender, List<double>> _outputs = [];

    /// <summary>What was wrong first with a contender's results; null where nothing is.</summary>
    public string? ProblemOf(Contender contender) => _problems.GetValueOrDefault(contender);

    /// <summary>How many results it wrote.</summary>
    public string OutputsOf(Contender contender) =>
        string.Join(", ", _outputs[contender].Select(outputs => Report.Invariant($"{outputs:0}")));

    /// <summary>The figures of a lap: of the records that its first outputs do not contain yet.</summary>
    public SpeedSample Take(Contender contender, RaceLap lap)
    {
        var results = create();
        var contained = results.Read(topics.BootstrapServers, topics.Output, lap.Before, lap.First);
        results.Read(topics.BootstrapServers, topics.Output, lap.First, lap.After);
        if ((results.Problem ?? results.FindDifference()) is { } problem)
        {
            _problems.TryAdd(contender, problem);
        }

        if (!_outputs.TryGetValue(contender, out var outputs))
        {
            _outputs[contender] = outputs = [];
        }

        outputs.Add(lap.Outputs * 1000.0 / keyOf.Length);
        var measured = 0;
        for (var id = 0; id < keyOf.Length; id++)
        {
            measured += id > contained[results.PartitionOf(keyOf[id])] ? 1 : 0;
        }

        return lap.ToSample(measured, keyOf.Length);
    }
}
