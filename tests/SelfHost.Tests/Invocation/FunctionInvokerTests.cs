using System.Text;
using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Invocation;
using KafkaFunctions.SelfHost.Tests.CommandLine;
using KafkaFunctions.Streams.Brokers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace KafkaFunctions.SelfHost.Tests.Invocation;

public sealed class FunctionInvokerTests : IAsyncDisposable
{
    private static readonly KafkaRecord Record = new() { Topic = "t", Partition = 2, Offset = 42, Value = "v"u8.ToArray(), Headers = [] };

    private readonly Journal _journal = new();
    private readonly InMemoryBroker _broker = new();
    private readonly FakeTimeProvider _time = new();

    public FunctionInvokerTests()
    {
        _broker.Add("out", 1);
        _broker.Add("left", 1);
        _broker.Add("right", 1);
    }

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Fact]
    public async Task InvokeAsync_Batch_PassesTheSameArrayAndTheContext()
    {
        KafkaRecord[] records = [Record, null!];
        using var cancellation = new CancellationTokenSource();
        await using var app = App();

        await InvokeAsync(app, "Records", records, cancellation.Token);

        var entry = Assert.Single(_journal.Entries);
        Assert.Same(records, entry[0]);
        var context = Assert.IsType<FunctionContext>(entry[1], exactMatch: false);
        Assert.Equal(("Records", cancellation.Token), (context.FunctionDefinition.Name, context.CancellationToken));
        Assert.Equal(cancellation.Token, entry[2]);
    }

    [Fact]
    public async Task InvokeAsync_TextParameter_GetsTheEnvelope()
    {
        await using var app = App();
        var record = new KafkaRecord
        {
            Topic = "t",
            Partition = 2,
            Offset = 42,
            Key = "k1"u8.ToArray(),
            Value = """{"a":1}"""u8.ToArray(),
            Timestamp = new KafkaTimestamp { UnixTimestampMs = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero).ToUnixTimeMilliseconds() },
            Headers = [new KafkaHeader { Key = "h", Value = "v"u8.ToArray() }, new KafkaHeader { Key = "n" }],
        };

        await InvokeAsync(app, "Texts", new[] { record });

        Assert.Equal(
            [["""{"Offset":42,"Partition":2,"Topic":"t","Timestamp":"2026-01-02T03:04:05.678Z","Value":"{\"a\":1}","LeaderEpoch":null,"IsPartitionEOF":false,"Key":"k1","Headers":[{"Key":"h","Value":"dg=="},{"Key":"n","Value":null}]}"""]],
            _journal.Entries);
    }

    [Fact]
    public async Task InvokeAsync_BytesParameterAndTombstone_GetsAnEmptyArray()
    {
        await using var app = App();

        await InvokeAsync(app, "Bytes", new KafkaRecord { Topic = "t", Headers = [] });

        Assert.Equal(Array.Empty<byte>(), Assert.Single(_journal.Entries)[0]);
    }

    [Theory]
    [InlineData("Sync")]
    [InlineData("InTask")]
    [InlineData("InValueTask")]
    public async Task InvokeAsync_ReturnedText_IsPublished(string function)
    {
        await using var app = App();

        await InvokeAsync(app, function, Record);

        Assert.Equal(["t"], Published("out"));
    }

    [Fact]
    public async Task InvokeAsync_ReturnedNull_PublishesNothing()
    {
        await using var app = App();

        await InvokeAsync(app, "InValueTask", new KafkaRecord { Topic = "t", Headers = [] });

        Assert.Empty(Published("out"));
    }

    [Fact]
    public async Task InvokeAsync_ReturnedProperties_GoToTheirTopics()
    {
        await using var app = App();

        await InvokeAsync(app, "Branches", Record);

        Assert.Equal(["t"], Published("left"));
        Assert.Empty(Published("right"));
    }

    [Fact]
    public async Task InvokeAsync_Middleware_RunsInOrderAndSeesOutputs()
    {
        await using var app = App(builder =>
        {
            builder.UseMiddleware<OutputReader>();
            builder.UseMiddleware(async (_, next) =>
            {
                _journal.Add("inner before");
                await next();
                _journal.Add("inner after");
            });
            builder.UseWhen(context => context.FunctionDefinition.Name == "Sync", async (_, next) =>
            {
                _journal.Add("sync only");
                await next();
            });
        });

        await InvokeAsync(app, "Branches", Record);

        Assert.Equal(["outer before", "inner before", "inner after", "outer after Left=t Right= result="], _journal.Entries.Select(entry => entry[0]));
    }

    [Fact]
    public async Task InvokeAsync_MiddlewareEmptiesOutputs_NothingIsPublished()
    {
        await using var app = App(builder => builder.UseMiddleware(async (context, next) =>
        {
            await next();
            context.GetInvocationResult().Value = null;
            foreach (var output in context.GetOutputBindings<object>().ToArray())
            {
                output.Value = Array.Empty<string>();
            }
        }));

        await InvokeAsync(app, "Sync", Record);
        await InvokeAsync(app, "Branches", Record);

        Assert.Empty(_broker.Batches);
    }

    [Fact]
    public async Task InvokeAsync_MiddlewareReplacesOutput_EnvelopeKeepsKeyAndHeaders()
    {
        await using var app = App(builder => builder.UseMiddleware(async (context, next) =>
        {
            await next();
            context.GetOutputBindings<object>().Single(output => output.Name == "Right").Value = new[]
            {
                """{"Offset":0,"Partition":0,"Topic":"right","Timestamp":"2026-01-02T03:04:05Z","Value":"v","Key":"k","Headers":[{"Key":"h","Value":"x"}]}""",
            };
        }));

        await InvokeAsync(app, "Branches", Record);

        var record = Assert.Single(_broker.Records("right"));
        Assert.Equal(("k", "v", "h"), (Encoding.UTF8.GetString(record.Key!), Encoding.UTF8.GetString(record.Value!), record.Headers.Single().Key));
    }

    [Theory]
    [InlineData("Throws")]
    [InlineData("ThrowsLater")]
    public async Task InvokeAsync_FunctionThrows_ItsOwnExceptionComesOut(string function)
    {
        await using var app = App();

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => InvokeAsync(app, function, Record));
    }

    [Fact]
    public async Task InvokeAsync_OutputOfUnknownType_Fails()
    {
        await using var app = App();

        var error = await Assert.ThrowsAsync<SelfHostException>(() => InvokeAsync(app, "Unsendable", Record));

        Assert.Contains("'Unsendable' returned System.Int32 for the output '$return'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InvokeAsync_OutputNotDelivered_Fails()
    {
        await using var app = App();
        _broker.Failure = new BrokerUnavailableException("The broker is away.");

        await Assert.ThrowsAsync<BrokerUnavailableException>(() => InvokeAsync(app, "TooMany", Record));
    }

    [Fact]
    public async Task InvokeAsync_RetryAttribute_RunsAgainAfterTheDelay()
    {
        await using var app = App();

        var invocation = InvokeAsync(app, "Retried", Record);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Single(_journal.Entries);
        while (!invocation.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => invocation);

        Assert.Equal([0, 1, 2], _journal.Entries.Select(entry => (int)entry[0]!));
        Assert.All(_journal.Entries, entry => Assert.Equal(2, entry[1]));
        Assert.Equal(3, _journal.Entries.Select(entry => entry[2]).Distinct().Count());
    }

    [Fact]
    public async Task InvokeAsync_TraceParent_IsTheContextsTrace()
    {
        const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        await using var app = App();
        var function = app.Services.GetRequiredService<FunctionIndex>().Functions.Single(function => function.Name == "Records");

        await app.Services.GetRequiredService<IFunctionInvoker>().InvokeAsync(
            function, new TriggerInput(new[] { Record }) { TraceParent = TraceParent }, TestContext.Current.CancellationToken);

        var context = (FunctionContext)_journal.Entries.Single()[1]!;
        Assert.Contains("0af7651916cd43dd8448eb211c80319c", context.TraceContext.TraceParent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InvokeAsync_ScopedService_IsOnePerInvocation()
    {
        await using var app = App(builder =>
        {
            builder.Services.AddScoped<object>();
            builder.UseMiddleware(async (context, next) =>
            {
                _journal.Add(context.InstanceServices.GetRequiredService<object>());
                await next();
                _journal.Add(context.InstanceServices.GetRequiredService<object>());
            });
        });

        await InvokeAsync(app, "Sync", Record);
        await InvokeAsync(app, "Sync", Record);

        var services = _journal.Entries.Select(entry => entry[0]).ToArray();
        Assert.Same(services[0], services[1]);
        Assert.NotSame(services[0], services[2]);
    }

    private string[] Published(string topic) => [.. _broker.Records(topic).Select(record => Encoding.UTF8.GetString(record.Value!))];

    private TestApp App(Action<FunctionsApplicationBuilder>? configure = null)
    {
        var app = new TestApp
        {
            Functions = [typeof(InvokedFunctions)],
            Configure = builder =>
            {
                builder.Services.AddSingleton(_journal);
                builder.Services.AddSingleton<IRecordPublisher>(_broker);
                builder.Services.AddSingleton<TimeProvider>(_time);
                configure?.Invoke(builder);
            },
        };
        app.Build();
        return app;
    }

    private static Task InvokeAsync(TestApp app, string name, object value, CancellationToken? cancellationToken = null)
    {
        var function = app.Services.GetRequiredService<FunctionIndex>().Functions.Single(function => function.Name == name);
        return app.Services.GetRequiredService<IFunctionInvoker>().InvokeAsync(
            function, new TriggerInput(value), cancellationToken ?? TestContext.Current.CancellationToken);
    }

    private sealed class OutputReader(Journal journal) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            journal.Add("outer before");
            await next(context);
            var outputs = context.GetOutputBindings<object>().ToDictionary(output => output.Name, output => output.Value as string[]);
            journal.Add($"outer after Left={string.Join(',', outputs["Left"] ?? [])} Right={string.Join(',', outputs["Right"] ?? [])} result={context.GetInvocationResult().Value}");
        }
    }
}
