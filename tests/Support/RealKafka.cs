[assembly: AssemblyFixture(typeof(KafkaFunctions.TestSupport.RealKafka))]

namespace KafkaFunctions.TestSupport;

/// <summary>The real Kafka that the tests of an assembly share: a cluster that is there, or one broker started on first use. Tests are
/// skipped where neither is to be had.</summary>
public sealed class RealKafka : IAsyncDisposable
{
    private const string ServersVariable = "KAFKA_BOOTSTRAP_SERVERS";

    private const string HowToGetOne =
        $"No Kafka to test with. Set {KafkaHome.Variable} to the folder of an Apache Kafka download, 4.0 or newer, with Java 17 installed (a broker is then "
            + $"started and stopped by the tests), or {ServersVariable} to a running cluster.";

    private readonly Lazy<Task<KafkaBroker>> _broker = new(() => KafkaBroker.StartNewAsync(RequireHome()));

    /// <summary>Folder of the Kafka download, for brokers of a test's own; skips the test where it is not set.</summary>
    public static string RequireHome() => KafkaHome.Require(HowToGetOne);

    /// <summary>Bootstrap servers without security; skips the test where there is no Kafka.</summary>
    public async Task<string> RequireServersAsync() =>
        Environment.GetEnvironmentVariable(ServersVariable) is { Length: > 0 } servers ? servers : (await RequireBrokerAsync()).BootstrapServers;

    /// <summary>The shared broker, started from KAFKA_HOME; skips the test where that is not set. Not to be killed.</summary>
    public Task<KafkaBroker> RequireBrokerAsync()
    {
        RequireHome();
        return _broker.Value;
    }

    public async ValueTask DisposeAsync()
    {
        if (_broker.IsValueCreated && _broker.Value.IsCompletedSuccessfully)
        {
            await (await _broker.Value).DisposeAsync();
        }
    }
}
