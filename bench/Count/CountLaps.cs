using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.Speed;

namespace KafkaFunctions.Bench.Count;

/// <summary>Reads back what contenders wrote in each lap, and holds it against the true counts.</summary>
internal sealed class CountLaps
{
    private readonly RaceTopics _topics;
    private readonly int[] _keyOf;
    private readonly long[] _expected;
    private readonly Dictionary<Contender, string?> _problems = [];
    private readonly Dictionary<Contender, List<double>> _outputs = [];

    public CountLaps(RaceTopics topics, int[] keyOf, int keys)
    {
        _topics = topics;
        _keyOf = keyOf;
        _expected = new long[keys];
        foreach (var key in keyOf)
        {
            _expected[key]++;
        }
    }

    public int Keys => _expected.Length;

    /// <summary>What was wrong first with a contender's results; null where nothing is.</summary>
    public string? ProblemOf(Contender contender) => _problems.GetValueOrDefault(contender);

    /// <summary>How many results it wrote.</summary>
    public string OutputsOf(Contender contender) =>
        string.Join(", ", _outputs[contender].Select(outputs => Report.Invariant($"{outputs:0}")));

    /// <summary>The figures of a lap: of the records that its first outputs do not contain yet.</summary>
    public SpeedSample Take(Contender contender, RaceLap lap)
    {
        var counts = new CountReadback(Keys);
        var contained = counts.Read(_topics.BootstrapServers, _topics.Output, lap.Before, lap.First);
        counts.Read(_topics.BootstrapServers, _topics.Output, lap.First, lap.After);
        if ((counts.Problem ?? counts.FindDifference(_expected)) is { } problem)
        {
            _problems.TryAdd(contender, problem);
        }

        if (!_outputs.TryGetValue(contender, out var outputs))
        {
            _outputs[contender] = outputs = [];
        }

        outputs.Add(lap.Outputs * 1000.0 / _keyOf.Length);
        var measured = 0;
        for (var id = 0; id < _keyOf.Length; id++)
        {
            measured += id > contained[counts.PartitionOf(_keyOf[id])] ? 1 : 0;
        }

        return lap.ToSample(measured, _keyOf.Length);
    }
}
