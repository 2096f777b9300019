namespace KafkaFunctions.Bench.Workload;

/// <summary>Draws keys by Zipf's law with exponent 1: the key of rank <c>k</c> comes <c>k</c> times less often than the first.</summary>
internal sealed class ZipfKeys
{
    private const int Steps = 1 << 30;
    private readonly double[] _upTo;

    public ZipfKeys(int keys)
    {
        _upTo = new double[keys];
        var sum = 0.0;
        for (var rank = 0; rank < keys; rank++)
        {
            _upTo[rank] = sum += 1.0 / (rank + 1);
        }

        for (var rank = 0; rank < keys; rank++)
        {
            _upTo[rank] /= sum;
        }
    }

    public int Count => _upTo.Length;

    /// <summary>A key's rank, from 0.</summary>
    public int Draw(ref Dice dice)
    {
        var at = Array.BinarySearch(_upTo, (dice.Roll(Steps) + 0.5) / Steps);
        return Math.Min(at < 0 ? ~at : at, _upTo.Length - 1);
    }
}
