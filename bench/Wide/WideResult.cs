namespace KafkaFunctions.Bench.Wide;

/// <summary>What a scenario has shown.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">What costs are of.</param>
/// <param name="Points">Costs, by growing numbers of windows.</param>
/// <param name="PeakBytes">Most resident memory of the process in the meantime.</param>
internal sealed record WideResult(string Name, string Unit, IReadOnlyList<WidePoint> Points, long PeakBytes)
{
    /// <summary>The last point as a multiple of the first two, on average.</summary>
    public double Growth => Points[^1].CpuMicroseconds / Points.Take(2).Average(point => point.CpuMicroseconds);
}
