using System.Text;
using KafkaFunctions.SelfHost.CommandLine;
using KafkaFunctions.SelfHost.CommandLine.Groups;
using KafkaFunctions.SelfHost.Http;
using KafkaFunctions.Streams.Brokers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.SelfHost.Tests.CommandLine;

/// <summary>Runs command lines against a broker and keeps what they print.</summary>
internal sealed class CommandLineSession
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    public InMemoryBroker Broker { get; } = new();

    public FixedCatalog Catalog { get; init; } = new();

    public Stream Input { get; init; } = Stream.Null;

    public TextWriter? OutputOverride { get; init; }

    public string Output => _output.ToString();

    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string Error => _error.ToString();

    public static CommandLineSession WithInput(string input) => new() { Input = new MemoryStream(Encoding.UTF8.GetBytes(input)) };

    public SelfHostInvocation Parse(params string[] args) =>
        SelfHostCommandLine.Parse(args, new CommandConsole(Input, OutputOverride ?? new StringWriter(_output), new StringWriter(_error)));

    public Task<int> RunAsync(params string[] args) => RunAsync(TestContext.Current.CancellationToken, args);

    public async Task<int> RunAsync(CancellationToken cancellationToken, params string[] args)
    {
        await using var services = new ServiceCollection()
            .AddSingleton<ITopicClient>(Broker)
            .AddSingleton<IRecordPublisher>(Broker)
            .AddSingleton<IConsumerGroupCatalog>(Catalog)
            .AddSingleton<IConfiguration>(new ConfigurationManager())
            .AddSingleton<FunctionKeys>()
            .BuildServiceProvider();
        return Parse(args) switch
        {
            RunCommand command => await command.Execute(services, cancellationToken),
            EndNow end => end.ExitStatus,
            var other => throw new InvalidOperationException($"Not a command: {other}"),
        };
    }
}
