using KafkaFunctions.Simulation.Pipeline;

namespace KafkaFunctions.Simulation.Checks;

/// <summary>What has to come out, computed one record after the other straight from the inputs.</summary>
internal sealed class Reference
{
    public Reference(World world)
    {
        foreach (var input in world.Inputs)
        {
            switch (input.Topic)
            {
                case "A" when input.Value is null:
                    UnreadableInputs++;
                    break;
                case "A" when input.Value % 2 != 0:
                    AddBack(input.Value.Value % world.Keys, input.Value.Value);
                    break;
                case "A":
                    foreach (var (key, value) in Rules.Returned(input.Value!.Value, world.Keys))
                    {
                        AddBack(key, value);
                    }

                    break;
                case "T":
                    Add(SumsByRest, Rules.RestOf(input.Value!.Value), input.Value.Value);
                    break;
            }
        }
    }

    public SortedDictionary<long, long> Sums { get; } = [];

    /// <summary>How many records each sum is made of.</summary>
    public SortedDictionary<long, long> Summands { get; } = [];

    public SortedDictionary<long, long> SumsByRest { get; } = [];

    public int UnreadableInputs { get; private set; }

    public int NotSummed { get; private set; }

    /// <summary>A record of topic B.</summary>
    private void AddBack(long key, long value)
    {
        if (Rules.CanBeSummed(value))
        {
            Add(Sums, key, value);
            Add(Summands, key, 1);
        }
        else
        {
            NotSummed++;
        }
    }

    private static void Add(SortedDictionary<long, long> numbers, long key, long value) =>
        numbers[key] = numbers.GetValueOrDefault(key) + value;
}
