using KafkaFunctions.Simulation.Pipeline;

namespace KafkaFunctions.Simulation.Checks;

/// <summary>What has to come out, computed one record after the other straight from the inputs.</summary>
internal sealed class AggregationReference
{
    public AggregationReference(IEnumerable<Input> inputs, int keys)
    {
        foreach (var input in inputs)
        {
            switch (input.Topic)
            {
                case "A":
                    AddToA(input.Value, keys);
                    break;
                case "T":
                    Add(SumsByRest, AggregationRules.RestOf(input.Value!.Value), input.Value.Value);
                    AddToT(input.Value.Value);
                    break;
                case "X" when input.Value is { } latest:
                    Values[input.Key!.Value] = latest;
                    break;
                case "X":
                    Values.Remove(input.Key!.Value);
                    break;
                case "I":
                    Ids.Add(AggregationRules.IdOf(input.Value!.Value));
                    break;
            }
        }

        foreach (var (key, sum) in Sums)
        {
            Add(Groups, AggregationRules.GroupOf(key, sum), sum);
        }

        foreach (var value in Values.Values)
        {
            Add(ValuesByRest, AggregationRules.RestOf(value), value);
        }
    }

    public SortedDictionary<long, long> Sums { get; } = [];

    /// <summary>How many records each sum is made of.</summary>
    public SortedDictionary<long, long> Summands { get; } = [];

    public SortedDictionary<long, long> Groups { get; } = [];

    public SortedDictionary<long, long> SumsByRest { get; } = [];

    /// <summary>The values of topic B, by key: J passes them on.</summary>
    public SortedDictionary<long, List<long>> Passed { get; } = [];

    /// <summary>The values that J has numbered, by key.</summary>
    public SortedDictionary<long, List<long>> Numbered { get; } = [];

    /// <summary>The values that L has numbered.</summary>
    public SortedDictionary<long, List<long>> NumberedByRest { get; } = [];

    /// <summary>The table of topic X.</summary>
    public SortedDictionary<long, long> Values { get; } = [];

    public SortedDictionary<long, long> ValuesByRest { get; } = [];

    public SortedSet<long> Ids { get; } = [];

    /// <summary>Dead letters of F1.</summary>
    public int Unreadable { get; private set; }

    /// <summary>Dead letters of G.</summary>
    public int NotSummed { get; private set; }

    /// <summary>Dead letters of J.</summary>
    public int NotNumbered { get; private set; }

    /// <summary>Dead letters of L.</summary>
    public int NotNumberedByRest { get; private set; }

    private void AddToA(long? value, int keys)
    {
        if (value is not { } readable)
        {
            Unreadable++;
        }
        else if (readable % 2 != 0)
        {
            AddToB(readable % keys, readable);
        }
        else
        {
            foreach (var (key, returned) in AggregationRules.Returned(readable, keys))
            {
                AddToB(key, returned);
            }
        }
    }

    private void AddToB(long key, long value)
    {
        Add(Passed, key, value);
        if (AggregationRules.CanBeSummed(value))
        {
            Add(Sums, key, value);
            Add(Summands, key, 1);
        }
        else
        {
            NotSummed++;
        }

        if (AggregationRules.CanBeNumbered(value))
        {
            Add(Numbered, key, value);
        }
        else
        {
            NotNumbered++;
        }
    }

    private void AddToT(long value)
    {
        if (AggregationRules.CanBeNumbered(value))
        {
            Add(NumberedByRest, AggregationRules.RestOf(value), value);
        }
        else
        {
            NotNumberedByRest++;
        }
    }

    private static void Add(SortedDictionary<long, long> numbers, long key, long value) =>
        numbers[key] = numbers.GetValueOrDefault(key) + value;

    private static void Add(SortedDictionary<long, List<long>> lists, long key, long value)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        list.Add(value);
    }
}
