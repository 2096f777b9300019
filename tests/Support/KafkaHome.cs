using System.Globalization;

namespace KafkaFunctions.TestSupport;

/// <summary>The Kafka download that <c>KAFKA_HOME</c> names. Tests are skipped where there is none.</summary>
internal static class KafkaHome
{
    public const string Variable = "KAFKA_HOME";

    /// <summary>Its folder; skips the test where it is not set.</summary>
    /// <param name="howToGetOne">What the skipped test says.</param>
    public static string Require(string howToGetOne)
    {
        var home = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(home), howToGetOne);
        Assert.SkipUnless(
            File.Exists(Path.Combine(home!, "bin", "kafka-server-start.sh")),
            string.Format(CultureInfo.InvariantCulture, "{0} is '{1}', which has no bin/kafka-server-start.sh. {2}", Variable, home, howToGetOne));
        return home!;
    }
}
