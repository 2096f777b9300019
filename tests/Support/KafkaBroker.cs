using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Confluent.Kafka;

namespace KafkaFunctions.TestSupport;

/// <summary>One node of a real Apache Kafka, run with the programs of any Kafka download from 4.0 on, in a folder of its own.</summary>
/// <remarks>Listeners: one without security (a super user), and one with SASL where every user may do what no ACL denies. Topics are
/// created on first use, as Kafka's default is: code under test must not rely on that, nor cause it.</remarks>
public sealed class KafkaBroker : IAsyncDisposable
{
    public const string SaslUser = "alice";
    public const string SaslPassword = "alice-secret";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    // The broker dies with this process, however it ends: the pipe that the shell reads from is closed by the system then.
    private const string Supervise =
        """
        "$1" "$2" >>"$3" 2>&1 </dev/null &
        broker=$!
        read -r _
        kill -9 "$broker"
        wait "$broker" 2>/dev/null
        """;

    private const int FirstPort = 20_000;
    private const int LastPort = 32_000;

    private readonly string _home;
    private readonly string _folder = Directory.CreateTempSubdirectory("kafka-test-").FullName;
    private readonly int _port = FreePort();
    private readonly int _saslPort = FreePort();
    private readonly int _controllerPort = FreePort();
    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);
    private Process? _shell;

    private KafkaBroker(string home) => _home = home;

    public string BootstrapServers => $"127.0.0.1:{_port}";

    public string SaslBootstrapServers => $"127.0.0.1:{_saslPort}";

    private string ConfigFile => Path.Combine(_folder, "server.properties");

    private string LogFile => Path.Combine(_folder, "server.log");

    /// <summary>Formats a new node, starts it and waits until it answers.</summary>
    /// <param name="home">Folder of a Kafka download.</param>
    /// <param name="settings">Broker settings that differ from this class's own.</param>
    public static async Task<KafkaBroker> StartNewAsync(string home, params (string Name, string Value)[] settings)
    {
        var broker = await FormatNewAsync(home, settings);
        try
        {
            await broker.StartAsync();
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Formats a new node: its ports are known, and nothing listens there until it is started.</summary>
    /// <param name="home">Folder of a Kafka download.</param>
    /// <param name="settings">Broker settings that differ from this class's own.</param>
    public static async Task<KafkaBroker> FormatNewAsync(string home, params (string Name, string Value)[] settings)
    {
        var broker = new KafkaBroker(home);
        try
        {
            broker.Configure(settings);
            await broker.FormatAsync();
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the node, where it is not running, on the same ports with its data, and waits until it answers.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardInput = true };
        foreach (var argument in (string[])["-c", Supervise, "kafka", Program("kafka-server-start.sh"), ConfigFile, LogFile])
        {
            start.ArgumentList.Add(argument);
        }

        Prepare(start);
        _shell = Process.Start(start)!;
        await WaitUntilAnsweringAsync();
    }

    /// <summary>Ends the node as a crash would: nothing is flushed or told to anyone.</summary>
    public async Task KillAsync()
    {
        if (_shell is { } shell)
        {
            _shell = null;
            shell.StandardInput.Close();
            await shell.WaitForExitAsync();
            shell.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Below the ports that the system gives to whoever asks for any: nothing takes it before the node listens there.</summary>
    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(FirstPort, LastPort);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one.
            }
        }
    }

    private static void Prepare(ProcessStartInfo start)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("KAFKA_HEAP_OPTS")))
        {
            start.Environment["KAFKA_HEAP_OPTS"] = "-Xms128m -Xmx512m";
        }
    }

    private string Program(string name) => Path.Combine(_home, "bin", name);

    private void Configure((string Name, string Value)[] settings)
    {
        foreach (var line in File.ReadLines(Path.Combine(_home, "config", "server.properties")))
        {
            if (line.Length > 0 && line[0] != '#' && line.Split('=', 2) is [var name, var value])
            {
                _settings[name.Trim()] = value.Trim();
            }
        }

        _settings.Remove("controller.quorum.voters");
        foreach (var (name, value) in OwnSettings().Concat(settings))
        {
            _settings[name] = value;
        }

        File.WriteAllLines(ConfigFile, _settings.Select(setting => $"{setting.Key}={setting.Value}"));
    }

    private IEnumerable<(string Name, string Value)> OwnSettings() =>
    [
        ("process.roles", "broker,controller"),
        ("node.id", "1"),
        ("listeners", string.Create(CultureInfo.InvariantCulture, $"PLAINTEXT://127.0.0.1:{_port},SASL://127.0.0.1:{_saslPort},CONTROLLER://127.0.0.1:{_controllerPort}")),
        ("advertised.listeners", string.Create(CultureInfo.InvariantCulture, $"PLAINTEXT://127.0.0.1:{_port},SASL://127.0.0.1:{_saslPort}")),
        ("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,SASL:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT"),
        ("controller.listener.names", "CONTROLLER"),
        ("inter.broker.listener.name", "PLAINTEXT"),
        ("controller.quorum.bootstrap.servers", $"127.0.0.1:{_controllerPort}"),
        ("log.dirs", Path.Combine(_folder, "data")),
        ("auto.create.topics.enable", "true"),
        ("num.partitions", "1"),
        ("offsets.topic.replication.factor", "1"),
        ("offsets.topic.num.partitions", "8"),
        ("transaction.state.log.replication.factor", "1"),
        ("transaction.state.log.min.isr", "1"),
        ("transaction.state.log.num.partitions", "8"),
        ("group.initial.rebalance.delay.ms", "0"),
        ("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
        ("super.users", "User:ANONYMOUS"),
        ("allow.everyone.if.no.acl.found", "true"),
        ("listener.name.sasl.sasl.enabled.mechanisms", "PLAIN,OAUTHBEARER"),
        ("listener.name.sasl.plain.sasl.jaas.config", $"org.apache.kafka.common.security.plain.PlainLoginModule required user_{SaslUser}=\"{SaslPassword}\";"),
        ("listener.name.sasl.oauthbearer.sasl.jaas.config", "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub=\"broker\";"),
    ];

    private async Task FormatAsync()
    {
        // A cluster id is 16 bytes in base64; one that began with a dash would be taken for an option.
        var id = Convert.ToBase64String(Guid.NewGuid().ToByteArray()).TrimEnd('=').Replace('+', '_').Replace('/', '_');
        var start = new ProcessStartInfo(Program("kafka-storage.sh")) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["format", "--standalone", "-t", id, "-c", ConfigFile])
        {
            start.ArgumentList.Add(argument);
        }

        Prepare(start);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"kafka-storage.sh format failed: {await output}{await error}");
        }
    }

    private async Task WaitUntilAnsweringAsync()
    {
        var clock = Stopwatch.StartNew();
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers, ReconnectBackoffMaxMs = 250 })
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((_, _) => { })
            .Build();
        while (true)
        {
            try
            {
                await Task.Run(() => admin.GetMetadata(TimeSpan.FromSeconds(2)));
                return;
            }
            catch (KafkaException) when (clock.Elapsed < StartLimit && _shell is { HasExited: false })
            {
            }
            catch (KafkaException exception)
            {
                throw new InvalidOperationException($"Kafka did not start: {await File.ReadAllTextAsync(LogFile)}", exception);
            }
        }
    }
}
