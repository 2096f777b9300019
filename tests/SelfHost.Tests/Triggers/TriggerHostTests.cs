using System.Net;
using KafkaFunctions.SelfHost.Triggers;
using KafkaFunctions.Streams.Brokers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace KafkaFunctions.SelfHost.Tests.Triggers;

public sealed class TriggerHostTests
{
    private readonly FakeListenerFactory _factory = new();
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_Always_HttpIsUpBeforeTheListeners()
    {
        await using var app = App();
        string? health = null;
        _factory.OnCreate = listener => listener.OnStart = async _ =>
        {
            using var response = await app.Http.GetAsync("/health/ready", Cancelled);
            health ??= await response.Content.ReadAsStringAsync(Cancelled);
        };

        await app.StartAsync();

        Assert.Equal("Unhealthy", health);
        Assert.Equal("Healthy", await app.Http.GetStringAsync("/health/ready", Cancelled));
        Assert.All(_factory.Listeners, listener => Assert.True(listener.Started));
    }

    [Fact]
    public async Task Stop_Always_HttpIsUpUntilTheListenersHaveStopped()
    {
        await using var app = await App().StartAsync();
        HttpStatusCode? whileStopping = null;
        _factory.Listeners[0].OnStop = async _ =>
        {
            using var response = await app.Http.GetAsync("/health/live", Cancelled);
            whileStopping = response.StatusCode;
        };

        await app.StopAsync();

        Assert.Equal(HttpStatusCode.OK, whileStopping);
        Assert.All(_factory.Listeners, listener => Assert.True(listener.Stopped));
    }

    [Fact]
    public async Task Stop_ListenerDoesNotEnd_IsGivenUpAfterTheDrainTime()
    {
        await using var app = await App().StartAsync();
        _factory.Listeners[0].OnStop = token => Task.Delay(Timeout.InfiniteTimeSpan, token);

        var stop = app.StopAsync();
        while (!stop.IsCompleted)
        {
            _time.Advance(TriggerHost.DrainTime);
            await Task.Yield();
        }

        await stop;
        Assert.False(_factory.Listeners[0].Stopped);
        Assert.True(_factory.Listeners[1].Stopped);
    }

    [Fact]
    public async Task Run_ListenersCannotStart_TellsEachAndEndsWithOne()
    {
        await using var app = App();
        _factory.OnCreate = listener => listener.OnStart = _ => throw new TopicNotFoundException(listener.Function.Name);

        await app.RunAsync();

        Assert.Equal(1, app.ExitStatus);
        Assert.Contains("error: Function 'First' (kafkaTrigger First): Topic 'First' does not exist", app.Error, StringComparison.Ordinal);
        Assert.Contains("error: Function 'Second'", app.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", app.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OneListenerCannotStart_AllAreStopped()
    {
        await using var app = App();
        _factory.OnCreate = listener => listener.OnStart = _ => listener.Function.Name == "First" ? Task.CompletedTask : throw new TopicNotFoundException("t");

        await app.RunAsync();

        Assert.Equal(2, _factory.Listeners.Count);
        Assert.All(_factory.Listeners, listener => Assert.True(listener.Stopped));
    }

    [Fact]
    public async Task Run_FactoryRefuses_TellsItOnceBeforeAnythingStarts()
    {
        await using var app = App();
        _factory.OnCreate = _ => throw new SelfHostException("the broker list is odd.");

        await app.RunAsync();

        Assert.Equal(1, app.ExitStatus);
        Assert.Contains("error: Functions 'First', 'Second': the broker list is odd.", app.Error, StringComparison.Ordinal);
        Assert.Empty(app.Output);
    }

    private TestApp App() => new()
    {
        Functions = [typeof(TriggerSamples)],
        Settings = { ["SecondTopic"] = "second" },
        Configure = builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(_time);
            builder.Services.AddSingleton<ITriggerListenerFactory>(_factory);
        },
    };
}
