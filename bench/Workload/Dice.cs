namespace KafkaFunctions.Bench.Workload;

/// <summary>Random numbers of one record: the same for the same seed and number, whatever else was drawn (SplitMix64).</summary>
internal struct Dice(int seed, int id)
{
    private ulong _state = Mix(((ulong)(uint)seed << 32) | (uint)id);

    /// <summary>A number from 0 to <paramref name="sides"/> - 1.</summary>
    public int Roll(int sides)
    {
        _state += 0x9E3779B97F4A7C15;
        return (int)(Mix(_state) % (uint)sides);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
