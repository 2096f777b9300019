namespace KafkaFunctions.Tables;

/// <summary>Which rate to try after a service has refused: below what it took, soon about as much, long the same, and only later
/// more (the curve of TCP's CUBIC, for the same reasons). Immutable.</summary>
/// <param name="Start">Rows per second at first.</param>
/// <param name="Peak">Rows per second that the service is believed to take.</param>
/// <param name="Rise">How long it takes to get there.</param>
internal sealed record RateCurve(double Start, double Peak, TimeSpan Rise)
{
    // Slow enough for anyone's share of an account, fast enough to find out soon that there is more.
    private const double MinRate = 50;

    // A refusal before this part of the rise, where the rate is well below the peak, says that the peak is wrong.
    private const double Soon = 0.15;

    // A refused request costs its caller a Retry-After of a second or more: where the rate is known well, it is tried seldom.
    private static readonly TimeSpan FirstRise = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRise = TimeSpan.FromSeconds(8);

    /// <summary>After this time without refusals there is nothing to be paced.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(1);

    /// <summary>The curve of a first refusal.</summary>
    /// <param name="taken">Rows per second that the service has just taken.</param>
    public static RateCurve First(double taken) => After(taken, FirstRise);

    public double At(TimeSpan age)
    {
        var x = (age - Rise) / Rise;
        return Peak + ((Peak - Start) * x * x * x);
    }

    /// <summary>The curve of the next refusal.</summary>
    /// <param name="age">The time since this one's.</param>
    /// <param name="taken">Rows per second that the service has just taken.</param>
    public RateCurve Next(TimeSpan age, double taken)
    {
        var rate = At(age);
        if (age < Rise * Soon)
        {
            // It takes much less than was believed: a step down, then half of it back.
            return new RateCurve(Math.Max(rate * 0.6, MinRate), Math.Max(rate * 0.8, MinRate), FirstRise);
        }

        var longer = Rise * 2;
        return After(Math.Clamp(taken, rate * 0.93, rate), longer < LongestRise ? longer : LongestRise);
    }

    private static RateCurve After(double taken, TimeSpan rise)
    {
        var peak = Math.Max(taken, MinRate);
        return new RateCurve(peak * 0.9, peak, rise);
    }
}
