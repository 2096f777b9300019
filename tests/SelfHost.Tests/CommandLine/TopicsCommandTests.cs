using System.Text.Json;

namespace KafkaFunctions.SelfHost.Tests.CommandLine;

public sealed class TopicsCommandTests
{
    private readonly CommandLineSession _session = new();

    [Fact]
    public async Task Topics_Table_ShowsRecordsAndOffsets()
    {
        _session.Broker.Add("orders", 2);
        _session.Broker.Append("orders", 1, null, [1]);
        _session.Broker.Add("a-topic-with-a-name-that-is-longer-than-a-terminal-is-wide-so-that-it-would-be-broken-in-two", 1);

        Assert.Equal(0, await _session.RunAsync("topics"));

        Assert.Equal(3, _session.Lines.Length);
        Assert.Equal(["Topic", "Partitions", "Records", "Offsets"], Words(_session.Lines[0]));
        Assert.Equal(["orders", "2", "1", "0-0,", "0-1"], Words(_session.Lines[2]));
    }

    [Fact]
    public async Task Topics_Json_IsOneDocumentPerTopic()
    {
        _session.Broker.Add("orders", 2);
        _session.Broker.Append("orders", 1, null, [1]);

        Assert.Equal(0, await _session.RunAsync("topics", "--json"));

        using var json = JsonDocument.Parse(Assert.Single(_session.Lines));
        Assert.Equal("orders", json.RootElement.GetProperty("name").GetString());
        Assert.Equal(2, json.RootElement.GetProperty("partitions").GetInt32());
        Assert.Equal(1, json.RootElement.GetProperty("records").GetInt64());
        Assert.Equal("""{"partition":1,"start":0,"end":1}""", json.RootElement.GetProperty("offsets")[1].GetRawText());
    }

    [Fact]
    public async Task Topics_None_PrintsNoData()
    {
        Assert.Equal(0, await _session.RunAsync("topics"));
        Assert.Empty(_session.Output);
        Assert.NotEmpty(_session.Error);
    }

    [Fact]
    public async Task Create_New_CreatesAsAskedFor()
    {
        Assert.Equal(0, await _session.RunAsync("topics", "create", "orders", "--partitions", "3", "--retention", "12h"));

        var created = Assert.Single(_session.Broker.Created);
        Assert.Equal(("orders", 3, TimeSpan.FromHours(12)), (created.Name, created.Partitions, created.Retention));
        Assert.Empty(_session.Output);
    }

    [Fact]
    public async Task Create_NothingSaid_HasFourPartitionsAndTheBrokersRetention()
    {
        Assert.Equal(0, await _session.RunAsync("topics", "create", "orders"));

        var created = Assert.Single(_session.Broker.Created);
        Assert.Equal((4, null), (created.Partitions, created.Retention));
    }

    [Fact]
    public async Task Create_RetentionForever_IsInfinite()
    {
        Assert.Equal(0, await _session.RunAsync("topics", "create", "orders", "--retention", "forever"));
        Assert.Equal(Timeout.InfiniteTimeSpan, Assert.Single(_session.Broker.Created).Retention);
    }

    [Theory]
    [InlineData("topics create orders --partitions 3", 0)]
    [InlineData("topics create orders", 0)]
    [InlineData("topics create orders --partitions 4", 1)]
    public async Task Create_Exists_FailsOnlyWithOtherPartitions(string line, int expected)
    {
        _session.Broker.Add("orders", 3);

        Assert.Equal(expected, await _session.RunAsync(line.Split(' ')));
        Assert.Contains("exists already with 3 partitions", _session.Error, StringComparison.Ordinal);
        Assert.Empty(_session.Broker.Created);
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
