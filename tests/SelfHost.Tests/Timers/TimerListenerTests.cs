using System.Threading.Channels;
using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Triggers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace KafkaFunctions.SelfHost.Tests.Timers;

public sealed class TimerListenerTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 30, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);
    private readonly Channel<TimerInfo> _runs = Channel.CreateUnbounded<TimerInfo>();
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TestFolder _data = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task StartAsync_ScheduleFromSetting_RunsWhenItSays()
    {
        await using var app = await StartAsync(typeof(TimerSamples.Hourly));

        _time.Advance(TimeSpan.FromMinutes(29));
        Assert.False(_runs.Reader.TryRead(out _));
        var info = await AdvanceToRunAsync();

        Assert.False(info.IsPastDue);
        Assert.Equal(new DateTime(2026, 1, 1, 13, 0, 0, DateTimeKind.Utc), info.ScheduleStatus!.Next);
    }

    [Fact]
    public async Task StartAsync_RunOnStartup_RunsAtOnce()
    {
        await using var app = await StartAsync(typeof(TimerSamples.AtStart));

        var info = await _runs.Reader.ReadAsync(Cancelled);

        Assert.False(info.IsPastDue);
        Assert.Null(info.ScheduleStatus);
    }

    [Fact]
    public async Task StartAsync_RunMissedWhileDown_IsMadeUpForOnce()
    {
        await using (await StartAsync(typeof(TimerSamples.Hourly)))
        {
            await AdvanceToRunAsync();
        }

        _time.Advance(TimeSpan.FromHours(3));
        await using (await StartAsync(typeof(TimerSamples.Hourly)))
        {
            Assert.True((await _runs.Reader.ReadAsync(Cancelled)).IsPastDue);
        }

        await using var again = await StartAsync(typeof(TimerSamples.Hourly));
        Assert.False(_runs.Reader.TryRead(out _));
    }

    [Fact]
    public async Task StartAsync_ScheduleChangedWhileDown_IsNotPastDue()
    {
        await using (await StartAsync(typeof(TimerSamples.Hourly)))
        {
            await AdvanceToRunAsync();
        }

        await using var app = await StartAsync(typeof(TimerSamples.Hourly), "0 0 0 1 1 *");

        Assert.False(_runs.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Run_Fails_ScheduleGoesOn()
    {
        await using var app = await StartAsync(typeof(TimerSamples.Failing));

        await AdvanceToRunAsync();
        var second = await AdvanceToRunAsync();

        Assert.NotNull(second);
    }

    [Fact]
    public async Task RunAsync_ByHandDuringARun_WaitsForItsEnd()
    {
        await using var app = await StartAsync(typeof(TimerSamples.Slow));
        await AdvanceToRunAsync();

        var byHand = Assert.IsType<IManualTrigger>(Listener(app), exactMatch: false).RunAsync(Cancelled);
        Assert.False(_runs.Reader.TryRead(out _));
        _release.SetResult();
        await byHand;

        Assert.True(_runs.Reader.TryRead(out _));
    }

    [Fact]
    public async Task StopAsync_DuringARun_WaitsForItsEnd()
    {
        await using var app = await StartAsync(typeof(TimerSamples.Slow));
        await AdvanceToRunAsync();

        var stop = app.StopAsync();
        Assert.False(stop.IsCompleted);
        _release.SetResult();

        await stop;
    }

    private static ITriggerListener Listener(TestApp app) =>
        app.Services.GetRequiredService<TriggerHost>().Find(app.Services.GetRequiredService<FunctionIndex>().Functions.Single())!;

    // The timer may not be set yet when the time is moved on, so it is moved on until the function has run.
    private async Task<TimerInfo> AdvanceToRunAsync()
    {
        TimerInfo? info;
        while (!_runs.Reader.TryRead(out info))
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        return info;
    }

    private Task<TestApp> StartAsync(Type functions, string schedule = "0 0 * * * *") => new TestApp
    {
        Functions = [functions],
        Settings = { ["DataDirectory"] = _data.Path, ["Schedule"] = schedule },
        Configure = builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(_time);
            builder.Services.AddSingleton(_runs.Writer);
            builder.Services.AddSingleton(_release);
        },
    }.StartAsync();
}
