using System.Text;
using KafkaFunctions.SelfHost.CommandLine;
using KafkaFunctions.SelfHost.CommandLine.Groups;
using KafkaFunctions.SelfHost.Settings;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.InMemory;
using KafkaFunctions.Streams.State.Queries;
using KafkaFunctions.Streams.Windows;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.SelfHost.Tests.CommandLine.State;

/// <summary>Runs <c>state</c> commands for an app that counts words: <c>the</c> twice, <c>a</c> and <c>tab\t</c> once.</summary>
internal sealed class StateSession : IAsyncDisposable
{
    public const string Function = "CountWords";
    public const string Group = "count-words";
    public const string Store = "word-counts";
    public const string Minutes = "minute-counts";

    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    public InMemoryStateStorage Storage { get; } = new();

    public FakeGroups Groups { get; } = new() { Committed = { Group } };

    public KafkaHostOptions Host { get; } = new();

    public List<FunctionConsumer> Consumers { get; } = [new(Function, Group, "words"), new("Filter", "filter", "input")];

    /// <summary>What the function does.</summary>
    public StreamProcessor Processor { get; init; } = Counting();

    /// <summary>What a person types; null where there is nobody.</summary>
    public string? Typed { get; init; }

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static StreamProcessor Counting() => KStream.From(Serdes.Utf8, Serdes.Utf8).GroupByKey(Serdes.Utf8).Count(Store).ToStream().To(Serdes.Utf8, Serdes.Int64);

    public static async Task<StateSession> CountedAsync(string? typed = null)
    {
        var session = new StateSession { Typed = typed };
        await session.CountAsync("app", Function, "the", "a", "the", "tab\t");
        return session;
    }

    /// <summary>Counts words of 1970-01-01, each under itself as key, per minute, as a function of another application: <c>the</c> in two
    /// minutes.</summary>
    public Task<StreamResult> CountMinutesAsync() => KStream.From(Serdes.Utf8, Serdes.Utf8)
        .GroupByKey(Serdes.Utf8)
        .WindowedBy(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
        .Count(Minutes)
        .To(Serdes.WindowedJson(Serdes.Utf8), Serdes.Int64)
        .RunAsync(
            new (string Word, long Time)[] { ("the", 1), ("the", 2), ("a", 3), ("the", 60_000) }
                .Select((word, i) => new InputRecord("words", 0, i, Encoding.UTF8.GetBytes(word.Word), [1], word.Time, [])).ToList(),
            record => record,
            new StateRuntime(Storage, "other"),
            new StreamFunction("Minutes", HonouredIdentities.None),
            cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Counts words, as a function of an application.</summary>
    public Task<StreamResult> CountAsync(string application, string function, params string[] words) => Counting().RunAsync(
        words.Select((word, i) => new InputRecord("words", 0, i, Encoding.UTF8.GetBytes(word), [1], 7, [])).ToList(),
        record => record,
        new StateRuntime(Storage, application),
        new StreamFunction(function, HonouredIdentities.None),
        cancellationToken: TestContext.Current.CancellationToken);

    public async Task<int> RunAsync(params string[] args)
    {
        await using var services = new ServiceCollection()
            .AddSingleton<IStateStorage>(Storage)
            .AddSingleton(new StateReader(Storage))
            .AddSingleton<IStoreCatalog>(new FixedStores(Function, Processor))
            .AddSingleton<IConsumerGroupCatalog>(new FixedCatalog([.. Consumers]))
            .AddSingleton<IConsumerGroupClient>(Groups)
            .AddSingleton(Host)
            .BuildServiceProvider();
        var console = new CommandConsole(new MemoryStream(Encoding.UTF8.GetBytes(Typed ?? "")), new StringWriter(_output), new StringWriter(_error))
        {
            InputIsTerminal = Typed is not null,
        };
        return SelfHostCommandLine.Parse(args, console) switch
        {
            RunCommand command => await command.Execute(services, TestContext.Current.CancellationToken),
            EndNow end => end.ExitStatus,
            var other => throw new InvalidOperationException($"Not a command: {other}"),
        };
    }

    public ValueTask DisposeAsync() => Storage.DisposeAsync();
}
