using KafkaFunctions.SelfHost.CommandLine;

namespace KafkaFunctions.SelfHost.Tests.CommandLine;

public sealed class SelfHostCommandLineTests
{
    private readonly CommandLineSession _session = new();

    [Fact]
    public void Parse_NoArguments_RunsAllFunctions()
    {
        var options = Assert.IsType<RunHost>(_session.Parse()).Options;

        Assert.Equal((null, false, 50d), (options.Port, options.Demo, options.DemoRate));
        Assert.Empty(options.Functions);
    }

    [Fact]
    public void Parse_HostOptions_AreTakenOver()
    {
        var options = Assert.IsType<RunHost>(_session.Parse("--demo", "--rate", "2.5", "--port", "8080", "--functions", "A, B,A", "--functions=C")).Options;

        Assert.Equal((8080, true, 2.5), (options.Port, options.Demo, options.DemoRate));
        Assert.Equal(["A", "B", "C"], options.Functions);
    }

    [Fact]
    public void Parse_RateZero_IsAsFastAsPossible() =>
        Assert.Equal(0, Assert.IsType<RunHost>(_session.Parse("--demo", "--rate", "0")).Options.DemoRate);

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("-?")]
    [InlineData("--help --nonsense")]
    public void Parse_Help_PrintsWhatThereIs(string line)
    {
        var end = Assert.IsType<EndNow>(_session.Parse(line.Split(' ')));

        Assert.Equal(0, end.ExitStatus);
        Assert.Empty(_session.Error);
        string[] parts =
        [
            "Usage:", "--demo", "--rate", "--port", "--functions", "--version", "topics", "tail", "produce", "groups", "Exit status", "Examples",
            "BrokerList", "KafkaUsername", "KafkaPassword", "KafkaSecurityProtocol", "KafkaSaslMechanism", "KafkaCaFile",
            "DataDirectory", "FunctionKey", "FilterCondition", "Kafka__OutputDelivery",
        ];
        Assert.All(parts, part => Assert.Contains(part, _session.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("topics", "--json")]
    [InlineData("topics create", "--retention")]
    [InlineData("tail", "valueEncoding")]
    [InlineData("produce", "--key-separator")]
    [InlineData("groups", "lag")]
    public void Parse_HelpOfCommand_TellsItsOptions(string command, string expected)
    {
        var end = Assert.IsType<EndNow>(_session.Parse([.. command.Split(' '), "--help"]));

        Assert.Equal(0, end.ExitStatus);
        Assert.Contains(expected, _session.Output, StringComparison.Ordinal);
        Assert.Contains("Examples:", _session.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Version_PrintsIt()
    {
        Assert.Equal(new EndNow(0), _session.Parse("--version"));
        Assert.NotEmpty(_session.Output);
    }

    [Theory]
    [InlineData("--dmeo", "'--demo'")]
    [InlineData("--urls http://localhost:1", "'--urls'")]
    [InlineData("--urls=http://localhost:1", "'--urls'")]
    [InlineData("--Logging:LogLevel:Default=Debug", "'--Logging'")]
    [InlineData("topcs", "'topics'")]
    [InlineData("topics crate x", "'create'")]
    [InlineData("tail --partiton 2 orders", "'--partition'")]
    [InlineData("tail orders --from-begining", "'--from-beginning'")]
    [InlineData("tail orders more", "'more'")]
    [InlineData("tail", "TOPIC")]
    [InlineData("tail a/b", "'a/b'")]
    [InlineData("tail orders --count 0", "--count")]
    [InlineData("tail orders --partition -1", "--partition")]
    [InlineData("topics create orders --partitions many", "--partitions")]
    [InlineData("topics create orders --partitions 0", "--partitions")]
    [InlineData("topics create orders --retention 7", "--retention")]
    [InlineData("topics create orders --retention 99999999999d", "--retention")]
    [InlineData("topics create ..", "'..'")]
    [InlineData("topics --json create orders", "--json")]
    [InlineData("--demo topics", "--demo")]
    [InlineData("--rate 5", "--demo")]
    [InlineData("--demo --rate -5", "--rate")]
    [InlineData("--demo --rate fast", "--rate")]
    [InlineData("--port", "--port")]
    [InlineData("--port 70000", "--port")]
    [InlineData("--port 1 --port 2", "--port")]
    [InlineData("--functions ,", "--functions")]
    [InlineData("produce orders --key-separator : --ndjson", "--key-field")]
    [InlineData("produce orders --key-separator=", "--key-separator")]
    [InlineData("produce orders --header novalue", "NAME=VALUE")]
    [InlineData("produce orders --header kf-identity=x", "kf-identity")]
    [InlineData("@orders", "'@orders'")]
    public void Parse_WrongUsage_SaysWhatAndEndsWith2(string line, string expected)
    {
        var end = Assert.IsType<EndNow>(_session.Parse(line.Split(' ')));

        Assert.Equal(2, end.ExitStatus);
        Assert.Contains(expected, _session.Error, StringComparison.Ordinal);
        Assert.Contains("--help", _session.Error, StringComparison.Ordinal);
        Assert.Empty(_session.Output);
    }

    [Theory]
    [InlineData("--key-separator")]
    [InlineData("--key-field")]
    public void Parse_EmptyKeyOption_IsWrongUsage(string option)
    {
        Assert.Equal(new EndNow(2), _session.Parse("produce", "orders", option, ""));
        Assert.Contains($"{option} must not be empty", _session.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_AfterDoubleDash_OptionsAreArguments() =>
        Assert.IsType<RunCommand>(_session.Parse("tail", "--", "-orders"));

    [Fact]
    public async Task Execute_BrokerDoesNotAnswer_IsOneLineAndStatus1()
    {
        _session.Broker.Failure = new Streams.Brokers.BrokerUnavailableException("No answer.\nCheck BrokerList.");

        Assert.Equal(1, await _session.RunAsync("topics"));
        Assert.Equal("error: No answer. Check BrokerList.\n", _session.Error.ReplaceLineEndings("\n"));
        Assert.Empty(_session.Output);
    }
}
