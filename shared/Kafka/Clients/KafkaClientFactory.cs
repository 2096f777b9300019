using System.Diagnostics.Metrics;
using Confluent.Kafka;
using KafkaFunctions.Kafka.Telemetry;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Kafka;

/// <summary>Makes every Kafka client of a process: one place for security, tokens, logs and the watch over the brokers.
/// Safe for concurrent use.</summary>
public sealed class KafkaClientFactory : IDisposable
{
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(1);

    private readonly Lazy<IAdminClient> _admin;
    private readonly OAuthTokens? _tokens;

    /// <summary>Creates the factory; nothing is connected yet.</summary>
    /// <param name="connection">How to reach the cluster.</param>
    /// <param name="loggers">Where the clients' own log lines and the state of the brokers go.</param>
    /// <param name="time">The clock; default the system's.</param>
    /// <param name="meters">Makes the meter <c>KafkaFunctions.Kafka</c>; default one of its own.</param>
    public KafkaClientFactory(KafkaConnection connection, ILoggerFactory loggers, TimeProvider? time = null, IMeterFactory? meters = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(loggers);
        Connection = connection;
        Time = time ?? TimeProvider.System;
        Instruments = new KafkaInstruments(meters);
        Log = new ClientLog(loggers.CreateLogger("KafkaFunctions.Kafka.Client"));
        _admin = new Lazy<IAdminClient>(CreateAdminClient);
        Watch = new BrokerWatch(connection.BootstrapServers, ProbeAsync, loggers.CreateLogger<BrokerWatch>(), Time);
        _tokens = connection.SaslMechanism == SaslMechanism.OAuthBearer ? new OAuthTokens(connection) : null;
    }

    /// <summary>The connection that the clients are made for.</summary>
    public KafkaConnection Connection { get; }

    internal TimeProvider Time { get; }

    internal KafkaInstruments Instruments { get; }

    internal ClientLog Log { get; }

    internal BrokerWatch Watch { get; }

    internal OAuthTokens? Tokens => _tokens;

    /// <summary>The administrative client that everything in the process shares.</summary>
    internal IAdminClient Admin => _admin.Value;

    /// <summary>Loads the client library, for which the first client would have to wait. Whoever makes one is told of errors.</summary>
    public static void Load()
    {
        try
        {
            Library.Load();
        }
        catch (Exception error) when (error is DllNotFoundException or InvalidOperationException or PlatformNotSupportedException)
        {
            // The first client tells.
        }
    }

    /// <summary>A consumer's configuration with the connection filled in; the caller adds what it needs. Nothing is committed
    /// or stored by itself, and reading never creates a topic.</summary>
    /// <param name="consumerGroup">The consumer group.</param>
    public ConsumerConfig CreateConsumerConfig(string consumerGroup)
    {
        ArgumentException.ThrowIfNullOrEmpty(consumerGroup);
        var config = new ConsumerConfig
        {
            GroupId = consumerGroup,
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            AllowAutoCreateTopics = false,
        };
        Apply(config);
        return config;
    }

    /// <summary>A builder for raw records whose log lines, errors and tokens are taken care of; the caller adds handlers for
    /// assignments. Errors and logs must not be set again.</summary>
    /// <param name="config">From <see cref="CreateConsumerConfig"/>.</param>
    /// <param name="onError">Also told about each error, after it was logged; may be called on any thread.</param>
    public ConsumerBuilder<byte[]?, byte[]?> CreateConsumerBuilder(ConsumerConfig config, Action<Error>? onError = null)
    {
        var builder = new ConsumerBuilder<byte[]?, byte[]?>(config)
            .SetKeyDeserializer(RawBytes.Instance)
            .SetValueDeserializer(RawBytes.Instance)
            .SetLogHandler((_, message) => Log.Write(message))
            .SetErrorHandler((_, error) =>
            {
                Watch.OnError(error.Code, error.Reason);
                onError?.Invoke(error);
            });
        return _tokens is null ? builder : builder.SetOAuthBearerTokenRefreshHandler((client, _) => _tokens.Refresh(client));
    }

    /// <summary>Closes what the factory shares. Clients made from it are closed by their owners, before.</summary>
    public void Dispose()
    {
        Watch.Dispose();
        if (_admin.IsValueCreated)
        {
            // The client waits for calls that no broker answers until they time out; a process that stops does not.
            Task.Run(_admin.Value.Dispose).Wait(ClosePatience);
        }
    }

    /// <summary>What every client of the process has.</summary>
    internal void Apply(ClientConfig config)
    {
        Connection.ApplyTo(config);

        // A broker that hangs is given up after this long, not after librdkafka's minute; one that is back is noticed in seconds.
        config.SocketTimeoutMs = 30_000;
        config.ReconnectBackoffMaxMs = 2_000;

        // The first connection to a broker waits for half of this, too, in each client: at a start, one after the other.
        config.ReconnectBackoffMs = 20;
    }

    private Task<string?> ProbeAsync() => Task.Run(() =>
    {
        try
        {
            _ = Admin.GetMetadata(ProbePatience);
            return null;
        }
        catch (KafkaException exception)
        {
            return exception.Error.Reason;
        }
    });

    private IAdminClient CreateAdminClient()
    {
        // A metadata query must never create a topic, which an administrative client's would.
        var config = new AdminClientConfig { AllowAutoCreateTopics = false };
        Apply(config);
        var builder = new AdminClientBuilder(config)
            .SetLogHandler((_, message) => Log.Write(message))
            .SetErrorHandler((_, error) => Watch.OnError(error.Code, error.Reason));
        if (_tokens is not null)
        {
            builder.SetOAuthBearerTokenRefreshHandler((client, _) => _tokens.Refresh(client));
        }

        try
        {
            return builder.Build();
        }
        catch (Exception exception) when (exception is InvalidOperationException or KafkaException or ArgumentException)
        {
            throw new KafkaSettingsException($"The Kafka client refuses the settings: {exception.Message}", exception);
        }
    }
}
