using System.Globalization;

namespace KafkaFunctions.Differential.Tests;

/// <summary>How many cases a test runs, and which.</summary>
internal static class Sampling
{
    private const string CountVariable = "DIFFERENTIAL_CASES";
    private const string SeedVariable = "DIFFERENTIAL_SEED";
    private const int DefaultCount = 100;
    private const int SlowFactor = 5;

    /// <summary>Cases of each test: <c>DIFFERENTIAL_CASES</c>, or 100.</summary>
    public static int Count => (int)(Number(CountVariable) ?? DefaultCount);

    /// <summary>Cases of a test whose stores are on disk in Kafka Streams, whatever the settings.</summary>
    public static int SlowCount => Math.Max(1, Count / SlowFactor);

    /// <summary>The seed: <c>DIFFERENTIAL_SEED</c>, or 1.</summary>
    public static ulong Seed => Number(SeedVariable) ?? 1;

    private static ulong? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : null;
}
