using System.Diagnostics;
using System.Text;
using KafkaFunctions.Bench.Cluster;
using KafkaFunctions.Bench.Processes;
using KafkaFunctions.Bench.Runs;

namespace KafkaFunctions.Bench.Changes;

/// <summary>Kafka Connect with Debezium's PostgreSQL connector, one process. It may be stopped, killed and started again: the
/// file of its offsets stays, and the database's replication slot, too.</summary>
/// <param name="run">The run that it belongs to.</param>
/// <param name="bootstrapServers">The Kafka that it writes to.</param>
/// <param name="postgres">The database that it reads.</param>
/// <param name="keySchemas">Whether keys are wrapped with their schema. It stays so while a topic lives: a key in other bytes
/// lands in another partition, and the order of its changes is lost.</param>
internal sealed class DebeziumConnector(BenchRun run, string bootstrapServers, PostgresServer postgres, bool keySchemas) : IAsyncDisposable
{
    /// <summary>The topic of the table of customers; it must exist before the start.</summary>
    public const string Topic = "shop.public.customers";

    private const string Slot = "shop_slot";
    private const string Converter = "org.apache.kafka.connect.json.JsonConverter";

    /// <summary>Stands in the file of offsets once the connector reads the log; not while it takes its snapshot.</summary>
    private const string StreamOffset = "\"lsn_commit\"";

    private static readonly TimeSpan StreamLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private ChildProcess? _process;

    private string Folder => run.PathOf("connect");

    private string OffsetFile => Path.Combine(Folder, "offsets");

    /// <summary>Starts the process.</summary>
    /// <param name="schemas">Whether values are wrapped with their schema.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task StartAsync(bool schemas, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Folder);
        var worker = Path.Combine(Folder, "worker.properties");
        var connector = Path.Combine(Folder, "connector.properties");
        await File.WriteAllLinesAsync(worker, WorkerSettings(), cancellationToken);
        await File.WriteAllLinesAsync(connector, ConnectorSettings(schemas), cancellationToken);
        _process = ChildProcess.Start(
            "Kafka Connect",
            KafkaHome.Program("connect-standalone.sh"),
            [worker, connector],
            Path.Combine(Folder, "connect.log"),
            Folder,
            new Dictionary<string, string?> { ["LOG_DIR"] = Folder, ["KAFKA_HEAP_OPTS"] = "-Xms128m -Xmx512m -XX:TieredStopAtLevel=1", ["JMX_PORT"] = null });
    }

    /// <summary>Waits until the connector reads the database's log, which it does after its snapshot.</summary>
    public async Task WaitUntilStreamingAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (!await IsStreamingAsync(cancellationToken))
        {
            BenchRun.RequireAlive(_process!);
            if (clock.Elapsed > StreamLimit)
            {
                throw new RunFailedException($"Debezium does not read the log after {StreamLimit.TotalSeconds} s:\n{_process!.LogTail()}");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>Waits until the connector has noted down that its snapshot is done. Killed before, it takes a new one, and no
    /// snapshot names the rows that were deleted since the first: not even in order would the log leave the table.</summary>
    public async Task WaitUntilNotedAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (!File.Exists(OffsetFile) || !(await File.ReadAllTextAsync(OffsetFile, Encoding.Latin1, cancellationToken)).Contains(StreamOffset, StringComparison.Ordinal))
        {
            RequireAlive();
            if (clock.Elapsed > StreamLimit)
            {
                throw new RunFailedException($"Debezium has noted down no place in the log after {StreamLimit.TotalSeconds} s:\n{_process!.LogTail()}");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>Fails where the process has ended by itself.</summary>
    public void RequireAlive() => BenchRun.RequireAlive(_process!);

    /// <summary>Stops the connector in good order.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _process!.Signal(Signals.Terminate);
        if (!await _process.WaitForExitAsync(StopLimit, cancellationToken))
        {
            throw new RunFailedException($"{_process.Name} has not stopped after {StopLimit.TotalSeconds} s:\n{_process.LogTail()}");
        }
    }

    /// <summary>Kills the connector: what it has not noted down it will send again.</summary>
    public Task KillAsync() => _process!.KillAsync();

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<bool> IsStreamingAsync(CancellationToken cancellationToken)
    {
        await using var command = postgres.Connections.CreateCommand("SELECT count(*) FROM pg_replication_slots WHERE slot_name = $1 AND active");
        command.Parameters.AddWithValue(Slot);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))! > 0;
    }

    private IEnumerable<string> WorkerSettings() =>
    [
        $"bootstrap.servers={bootstrapServers}",
        $"key.converter={Converter}",
        $"value.converter={Converter}",
        $"offset.storage.file.filename={OffsetFile}",
        "offset.flush.interval.ms=1000",
        $"listeners=http://127.0.0.1:{FreePorts.Take(1)[0]}",
        $"plugin.path={Path.Combine(KafkaHome.Folder, "connectors")}",
        "plugin.discovery=service_load",
    ];

    private IEnumerable<string> ConnectorSettings(bool schemas) =>
    [
        "name=shop",
        "connector.class=io.debezium.connector.postgresql.PostgresConnector",
        "tasks.max=1",
        "plugin.name=pgoutput",
        "database.hostname=127.0.0.1",
        $"database.port={postgres.Port}",
        $"database.user={PostgresServer.User}",
        "database.password=trusted",
        $"database.dbname={PostgresServer.Database}",
        "topic.prefix=shop",
        "table.include.list=public.customers",
        $"slot.name={Slot}",
        "publication.autocreate.mode=filtered",
        $"key.converter={Converter}",
        $"key.converter.schemas.enable={Setting(keySchemas)}",
        $"value.converter={Converter}",
        $"value.converter.schemas.enable={Setting(schemas)}",
    ];

    private static string Setting(bool value) => value ? "true" : "false";
}
