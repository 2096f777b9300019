using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.App.Iot;

/// <summary>Statistics of numbers, taken in one by one. Immutable.</summary>
/// <remarks>By Welford's method, over the distances from the first number: sums of squares would lose what is small beside the mean, and
/// so would a mean that is rounded anew with each number.</remarks>
/// <param name="Count">How many.</param>
/// <param name="First">The first.</param>
/// <param name="Distance">The mean's distance from the first.</param>
/// <param name="Squares">Sum of the squares of their distances from the mean.</param>
/// <param name="Min">The lowest.</param>
/// <param name="Max">The highest.</param>
internal sealed record ReadingStatistics(long Count, double First, double Distance, double Squares, double Min, double Max)
{
    /// <summary>Those of no numbers.</summary>
    public static ReadingStatistics Empty { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>Those of one number more.</summary>
    /// <exception cref="SerializationException">The squares are beyond what 64 bits can hold.</exception>
    public ReadingStatistics With(double value)
    {
        if (Count == 0)
        {
            return new ReadingStatistics(1, value, 0, 0, value, value);
        }

        var count = Count + 1;
        var distance = value - First;
        var mean = Distance + ((distance - Distance) / count);
        var squares = Squares + ((distance - Distance) * (distance - mean));
        return double.IsFinite(squares)
            ? new ReadingStatistics(count, First, mean, squares, Math.Min(Min, value), Math.Max(Max, value))
            : throw new SerializationException(FormattableString.Invariant($"The reading's value {value:g} is too far from the others: their variance is larger than a number of 64 bits can be."));
    }
}
