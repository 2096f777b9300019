using KafkaFunctions.App.Filtering;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Worker.Outputs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KafkaFunctions.Testing.Tests;

public sealed class FunctionTests
{
    [Fact]
    public async Task PipeAsync_FunctionWithAService_RunsItsMethod()
    {
        await using var test = Asking(new TestFunctions.Service(question => question + "!"));

        await test.Input("questions", Serdes.Utf8, Serdes.Utf8).PipeAsync("k", "why");

        Assert.Equal(("k", "why!"), test.Output("answers", Serdes.Utf8, Serdes.Utf8).ReadKeyValue());
        Assert.Equal(["answers", "questions"], test.Topics);
    }

    [Fact]
    public async Task PipeAsync_ServiceMissing_IsToldAtOnce()
    {
        await using var test = PipelineTest.Create(builder => builder.Add<TestFunctions.Asking>());

        var error = await Assert.ThrowsAsync<FunctionFailedException>(
            () => test.Input("questions", Serdes.Utf8, Serdes.Utf8).PipeAsync("k", "why"));

        Assert.Equal("Asking", error.Function);
        Assert.Contains(nameof(TestFunctions.Service), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PipeAsync_CodeThrowsOnARecord_MakesItADeadLetter()
    {
        var service = new TestFunctions.Service(question => question == "bad" ? throw new FormatException("no answer") : question);
        await using var test = Asking(service);

        await test.Input("questions", Serdes.Utf8, Serdes.Utf8, startTime: DateTimeOffset.UnixEpoch)
            .PipeAsync([("a", "good"), ("b", "bad"), ("c", "good")]);

        var letter = Assert.Single(test.DeadLetters("questions"));
        Assert.Equal(("Asking", typeof(FormatException).FullName, "no answer"), (letter.Function, letter.ErrorType, letter.ErrorMessage));
        Assert.Equal(("questions", 0, 1L, 3, 0L), (letter.Topic, letter.Partition, letter.Offset, letter.Attempts, letter.Timestamp));
        Assert.Equal("bad", Serdes.Utf8.Deserialize(letter.Value));
        Assert.Equal(["a", "c"], test.Output("answers", Serdes.Utf8, Serdes.Utf8).ReadAll().Select(record => record.Key));
    }

    [Fact]
    public async Task PipeAsync_CodeAsksForAnotherTry_WaitsAndTriesAgain()
    {
        var calls = 0;
        var service = new TestFunctions.Service(question => ++calls < 3 ? throw new RetryRecordException(TimeSpan.FromSeconds(30), "busy") : question);
        await using var test = Asking(service);
        var start = test.WallTime;

        await test.Input("questions", Serdes.Utf8, Serdes.Utf8).PipeAsync("k", "why");

        Assert.Equal(1, test.Output("answers", Serdes.Utf8, Serdes.Utf8).Unread);
        Assert.Equal(start + TimeSpan.FromSeconds(60) + TimeSpan.FromMilliseconds(300), test.WallTime);
    }

    [Fact]
    public async Task PipeAsync_CodeAsksForAnotherTryForEver_Ends()
    {
        await using var test = Asking(new TestFunctions.Service(_ => throw new RetryRecordException(TimeSpan.FromSeconds(1), "busy")));

        var error = await Assert.ThrowsAsync<FunctionFailedException>(
            () => test.Input("questions", Serdes.Utf8, Serdes.Utf8).PipeAsync("k", "why"));

        Assert.IsType<BatchRetryException>(error.InnerException);
    }

    [Fact]
    public async Task PipeAsync_FunctionThrows_IsToldWithTheError()
    {
        await using var test = PipelineTest.Create(builder => builder.Add(typeof(TestFunctions.Failing)));

        var error = await Assert.ThrowsAsync<FunctionFailedException>(
            () => test.Input("failures", Serdes.Utf8, Serdes.Utf8).PipeAsync("k", "v"));

        Assert.IsType<InvalidDataException>(error.InnerException);
        Assert.Equal("Failing fails on offsets 0 to 0 of failures/0: It cannot be.", error.Message);
    }

    [Fact]
    public async Task PipeAsync_FunctionOfOneRecord_GetsEachByItself()
    {
        await using var test = PipelineTest.Create(builder => builder.Add(typeof(TestFunctions.OneByOne)));

        await test.Input("texts", Serdes.Utf8, Serdes.Utf8).PipeAsync([(null, "1"), (null, "22")]);

        var lengths = test.Output("lengths", Serdes.Bytes, Serdes.Int32);
        Assert.Equal(1, -lengths.ReadValue() + lengths.ReadValue());
    }

    [Fact]
    public async Task AdvanceWallTimeAsync_TimersFallDue_RunThemInTime()
    {
        await using var test = Timers();

        await test.AdvanceWallTimeAsync(TimeSpan.FromMinutes(12));

        Assert.Equal(["00:05:00", "00:10:00"], test.Output("answers", Serdes.Utf8, Serdes.Utf8).ReadAll().Select(record => record.Value));
        Assert.Equal(new DateTimeOffset(2024, 1, 1, 0, 12, 0, TimeSpan.Zero), test.WallTime);
    }

    [Fact]
    public async Task RunTimerAsync_ByName_RunsItNow()
    {
        await using var test = Timers();

        await test.RunTimerAsync("Ticks");
        await test.AdvanceWallTimeAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(["00:00:00", "00:05:00"], test.Output("answers", Serdes.Utf8, Serdes.Utf8).ReadAll().Select(record => record.Value));
        var error = await Assert.ThrowsAsync<ArgumentException>(() => test.RunTimerAsync("Tocks"));
        Assert.Contains("There are: Ticks", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AdvanceWallTimeAsync_CrashInATimer_GoesOnWithTheNextRun()
    {
        await using var test = Timers();
        var crash = test.Inject(Fault.Crash, Step.BeforePublish.Of("Ticks"));

        await test.AdvanceWallTimeAsync(TimeSpan.FromMinutes(12));

        Assert.True(crash.IsOver);
        Assert.Equal(["00:10:00"], test.Output("answers", Serdes.Utf8, Serdes.Utf8).ReadAll().Select(record => record.Value));
    }

    [Fact]
    public async Task Configure_SettingsServicesAndMiddleware_AreTheInstances()
    {
        var seen = new List<string>();
        await using var test = PipelineTest.Create(builder =>
        {
            builder.Settings["FilterCondition"] = "important";
            builder.Add<FilterEvents>()
                .ConfigureServices(services => services.AddSingleton<FilterCondition>())
                .Configure(app => app.UseMiddleware((context, next) =>
                {
                    seen.Add(context.FunctionDefinition.Name);
                    return next();
                }));
        });

        await test.Input("input-topic", Serdes.Utf8, Serdes.Utf8).PipeAsync([("a", "important"), ("b", "other")]);

        Assert.Equal("a", Assert.Single(test.Output("output-topic", Serdes.Utf8, Serdes.Utf8).ReadAll()).Key);
        Assert.Equal(["FilterEvents"], seen);
    }

    [Fact]
    public async Task PipeAsync_UnderASynchronisationContext_LeavesIt()
    {
        await using var test = Asking(new TestFunctions.Service());
        var input = test.Input("questions", Serdes.Utf8, Serdes.Utf8);
        var before = SynchronizationContext.Current;
        Task run;
        try
        {
            SynchronizationContext.SetSynchronizationContext(new NoContext());
            run = input.PipeAsync("k", "why");
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        await run;
        Assert.Equal(1, test.Output("answers", Serdes.Utf8, Serdes.Utf8).Unread);
    }

    [Fact]
    public async Task RunAsync_WhileItRuns_IsRefused()
    {
        Task? second = null;
        PipelineTest test = null!;
        await using var disposal = test = Asking(new TestFunctions.Service(question =>
        {
            second = test.RunAsync();
            return question;
        }));

        await test.Input("questions", Serdes.Utf8, Serdes.Utf8).PipeAsync("k", "why");

        await Assert.ThrowsAsync<InvalidOperationException>(() => second!);
    }

    [Fact]
    public async Task RunAsync_TokenCancelled_Ends()
    {
        using var stop = new CancellationTokenSource();
        await using var test = PipelineTest.Create(builder =>
        {
            builder.CancellationToken = stop.Token;
            builder.Add("Double", Processors.Double(), "in", "out");
        });
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.Input("in", Serdes.Utf8, Serdes.Int64).PipeAsync("a", 1));
    }

    [Fact]
    public void Add_ClassWithoutFunctions_IsRefused() =>
        Assert.Throws<ArgumentException>(() => PipelineTest.Create(builder => builder.Add<FunctionTests>()));

    [Fact]
    public async Task AddAll_OfTheApp_RunsItsPipelines()
    {
        await using var test = PipelineTest.Create(builder => builder.AddAll(typeof(App.WebAnalytics.CountPageViews).Assembly));
        const string Line = "192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET /index.html HTTP/1.0\" 200 2326 \"-\" \"Mozilla/5.0\"";

        await test.Input("web-logs", Serdes.Bytes, Serdes.Utf8).PipeAsync([(null, Line), (null, "nonsense"), (null, Line)]);

        Assert.Equal("""{"page":"/index.html","views":2}""", test.Output("page-view-totals", Serdes.Utf8, Serdes.Utf8).ReadValue());
        Assert.Equal("nonsense", Serdes.Utf8.Deserialize(Assert.Single(test.DeadLetters("web-logs")).Value));
        Assert.Equal(2, test.Store("page-view-totals", Serdes.Utf8, Serdes.Int64)["/index.html"]);
        Assert.Equal(new DateTimeOffset(2000, 10, 10, 20, 55, 36, TimeSpan.Zero), test.StreamTime("page-views-clean"));
    }

    private sealed class NoContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => throw new InvalidOperationException("Nothing goes on here.");
    }

    private static PipelineTest Asking(TestFunctions.Service service) =>
        PipelineTest.Create(builder => builder.Add<TestFunctions.Asking>().ConfigureServices(services => services.AddSingleton(service)));

    private static PipelineTest Timers() => PipelineTest.Create(builder => builder
        .Add<TestFunctions.Asking>()
        .Add<TestFunctions.Ticks>()
        .ConfigureServices(services => services.AddSingleton(new TestFunctions.Service())));
}
