namespace KafkaFunctions.Monitoring.Tests.Queries;

public sealed class PromQlTests
{
    [Theory]
    [InlineData("up", "up")]
    [InlineData("""up{job=~"a.*"} == 0""", """up{job=~"a.*"}""")]
    [InlineData("sum by (job, function) (rate(a_total{x=\"rate\"}[5m])) > 0.05 * sum(b_total) or on () vector(0)", "a_total{x=\"rate\"} b_total")]
    [InlineData("deriv(sum(max by (a) (lag))[15m:1m]) > 0 and lag > 1e-9 unless on (a) group_left c offset 5m", "lag c")]
    [InlineData("""label_replace(vector(0), "store", "no state", "", "")""", "")]
    public void Selectors_OfAQuery_AreWhatItReads(string query, string selectors) =>
        Assert.Equal(selectors, string.Join(' ', PromQl.Selectors(query)));
}
