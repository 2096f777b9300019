using KafkaFunctions.SelfHost.CommandLine.Groups;

namespace KafkaFunctions.SelfHost.Tests.CommandLine;

public sealed class GroupsCommandTests
{
    private readonly CommandLineSession _session = new()
    {
        Catalog = new FixedCatalog(new FunctionConsumer("Parse", "app-parse", "orders"), new FunctionConsumer("Route", "app-route", "missing")),
    };

    public GroupsCommandTests()
    {
        _session.Broker.Add("orders", 2);
        for (var i = 0; i < 5; i++)
        {
            _session.Broker.Append("orders", 0, null, [1]);
            _session.Broker.Append("orders", 1, null, [1]);
        }

        _session.Broker.Commit("app-parse", "orders", 0, 3);
    }

    [Fact]
    public async Task Groups_Json_TellsCommittedAndLag()
    {
        Assert.Equal(0, await _session.RunAsync("groups", "--json"));

        Assert.Equal(
            [
                """{"function":"Parse","group":"app-parse","topic":"orders","partition":0,"committed":3,"end":5,"lag":2}""",
                """{"function":"Parse","group":"app-parse","topic":"orders","partition":1,"committed":null,"end":5,"lag":5}""",
            ],
            _session.Lines);
    }

    [Fact]
    public async Task Groups_Table_HasARowPerPartition()
    {
        Assert.Equal(0, await _session.RunAsync("groups"));

        Assert.Equal(
            ["Parse", "app-parse", "orders", "1", "-", "5", "5"], _session.Lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Groups_MissingTopic_IsSaidAndTheRestShown()
    {
        Assert.Equal(0, await _session.RunAsync("groups", "--json"));

        Assert.Equal(2, _session.Lines.Length);
        Assert.Contains("Route: Topic 'missing' does not exist", _session.Error, StringComparison.Ordinal);
    }
}
