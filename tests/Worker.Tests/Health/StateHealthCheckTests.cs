using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.InMemory;
using KafkaFunctions.Worker.Tests.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace KafkaFunctions.Worker.Tests.Health;

public sealed class StateHealthCheckTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly UnsteadyStorage _storage = new();

    [Fact]
    public async Task Check_StorageThatAnswers_IsHealthy()
    {
        await using var app = App(typeof(CountFunctions));

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(app)).Status);
        Assert.Equal(1, _storage.Asked);
    }

    [Fact]
    public async Task Check_StorageThatDoesNotAnswer_IsUnhealthyUntilItDoes()
    {
        await using var app = App(typeof(CountFunctions));
        _storage.Error = new StateUnavailableException("*", "The account is away.");

        var entry = await CheckAsync(app);
        _storage.Error = null;
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal((HealthStatus.Unhealthy, "The account is away."), (entry.Status, entry.Description));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(app)).Status);
    }

    [Fact]
    public async Task Check_ManyProbes_AskOnceInAWhile()
    {
        await using var app = App(typeof(CountFunctions));

        for (var probe = 0; probe < 5; probe++)
        {
            await CheckAsync(app);
        }

        Assert.Equal(1, _storage.Asked);
    }

    [Fact]
    public async Task Check_NoFunctionWithState_DoesNotAsk()
    {
        await using var app = App(typeof(WordFunctions));

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(app)).Status);
        Assert.Equal(0, _storage.Asked);
    }

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    private static async Task<HealthReportEntry> CheckAsync(WorkerApp app) => (await app.Services.GetRequiredService<HealthCheckService>()
        .CheckHealthAsync(check => check.Name == "state", TestContext.Current.CancellationToken)).Entries["state"];

    private WorkerApp App(Type functions) => new()
    {
        Functions = [functions],
        Publisher = new FakePublisher(),
        Time = _time,
        Configure = builder => builder.Services.AddSingleton<IStateStorage>(_storage),
    };

    /// <summary>State in memory that a test can take away.</summary>
    private sealed class UnsteadyStorage : IStateStorage
    {
        private readonly InMemoryStateStorage _storage = new();

        public Exception? Error { get; set; }

        public int Asked { get; private set; }

        public ValueTask<IStateStore> OpenAsync(string name, CancellationToken cancellationToken) => _storage.OpenAsync(name, cancellationToken);

        public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
        {
            Asked++;
            return Error is null ? _storage.ListAsync(cancellationToken) : Task.FromException<IReadOnlyList<string>>(Error);
        }

        public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => _storage.DeleteAsync(name, cancellationToken);

        public ValueTask DisposeAsync() => _storage.DisposeAsync();
    }
}
