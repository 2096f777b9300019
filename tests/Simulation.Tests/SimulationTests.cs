namespace KafkaFunctions.Simulation.Tests;

public sealed class SimulationTests
{
    private const int Seeds = 600;

    private static readonly int Threads = Environment.ProcessorCount;

    [Fact]
    public void Run_ManySeeds_StateAndOutputsEqualTheReference()
    {
        var failures = Simulations.Run(new SimulationSettings(1), Seeds, Threads, TestContext.Current.CancellationToken).Where(result => result.Problem is not null).ToList();

        Assert.True(failures.Count == 0, string.Join('\n', failures.Take(10).Select(result => $"seed {result.Seed}: {result.Problem}")));
    }

    [Fact]
    public void Run_ASeedAgain_DoesTheSame()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            Assert.Equal(Simulations.Run(new SimulationSettings(seed)), Simulations.Run(new SimulationSettings(seed)));
        }
    }

    [Theory]
    [InlineData(ProtocolRule.Watermarks)]
    [InlineData(ProtocolRule.Path)]
    [InlineData(ProtocolRule.Pending)]
    [InlineData(ProtocolRule.ConditionalWrite)]
    [InlineData(ProtocolRule.PublishOrder)]
    [InlineData(ProtocolRule.StateBeforePublish)]
    [InlineData(ProtocolRule.PublishBeforeProgress)]
    [InlineData(ProtocolRule.LookAgain)]
    [InlineData(ProtocolRule.StreamTime)]
    [InlineData(ProtocolRule.Outbox)]
    [InlineData(ProtocolRule.OutboxOrder)]
    [InlineData(ProtocolRule.OutboxUntilPublished)]
    [InlineData(ProtocolRule.ClosedRow)]
    public void Run_RuleBroken_Fails(object rule) => Assert.Contains(
        Simulations.Run(new SimulationSettings(1) { Broken = (ProtocolRule)rule }, Seeds, Threads, TestContext.Current.CancellationToken),
        result => result.Problem is not null);
}
