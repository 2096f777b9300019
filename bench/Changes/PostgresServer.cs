using System.Diagnostics;
using KafkaFunctions.Bench.Processes;
using KafkaFunctions.Bench.Runs;
using Npgsql;

namespace KafkaFunctions.Bench.Changes;

/// <summary>A real PostgreSQL on loopback whose log Debezium can read; its data is gone after the run.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>The superuser; the server trusts whoever connects.</summary>
    public const string User = "postgres";

    /// <summary>The database of the shop.</summary>
    public const string Database = "shop";

    private const string SetUser = "setpriv";

    private static readonly TimeSpan ProgramLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan UpLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly ChildProcess _process;

    private PostgresServer(ChildProcess process, int port)
    {
        _process = process;
        Port = port;
        Connections = NpgsqlDataSource.Create(ConnectionString(port, Database));
    }

    public int Port { get; }

    /// <summary>Connections to the shop's database.</summary>
    public NpgsqlDataSource Connections { get; }

    /// <summary>Makes a new server with an empty database and waits until it serves.</summary>
    public static async Task<PostgresServer> StartAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var programs = PostgresHome.FindPrograms();
        var directory = Directory.CreateDirectory(run.PathOf("postgres")).FullName;
        var data = Path.Combine(directory, "data");
        var log = Path.Combine(run.Directory, "postgres.log");
        var asUser = await UnprivilegedAsync(directory, log, cancellationToken);
        await RunAsync([.. asUser, Path.Combine(programs, "initdb"), "-D", data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"], directory, log, cancellationToken);

        var port = FreePorts.Take(1)[0];
        string[] command =
        [
            .. asUser, Path.Combine(programs, "postgres"), "-D", data, "-p", port.ToString(), "-h", "127.0.0.1",
            "-c", "unix_socket_directories=", "-c", "wal_level=logical", "-c", "fsync=off",
        ];
        var server = run.Own(new PostgresServer(ChildProcess.Start("PostgreSQL", command[0], command[1..], log, directory), port));
        await server.CreateDatabaseAsync(cancellationToken);
        run.Say($"PostgreSQL is up: 127.0.0.1:{port}");
        return server;
    }

    /// <summary>Runs one statement.</summary>
    public async Task ExecuteAsync(string statement, CancellationToken cancellationToken)
    {
        await using var command = Connections.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Connections.DisposeAsync();

        // A fast shutdown: the polite signal would wait for the connector to go.
        _process.Signal(Signals.Interrupt);
        await _process.WaitForExitAsync(StopLimit, CancellationToken.None);
        await _process.DisposeAsync();
    }

    private static string ConnectionString(int port, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = User,
        Database = database,
        GssEncryptionMode = GssEncryptionMode.Disable,
        SslMode = SslMode.Disable,
    }.ConnectionString;

    private async Task CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        await using var maintenance = NpgsqlDataSource.Create(ConnectionString(Port, "postgres"));
        var clock = Stopwatch.StartNew();
        while (true)
        {
            BenchRun.RequireAlive(_process);
            try
            {
                await using var command = maintenance.CreateCommand($"CREATE DATABASE {Database}");
                await command.ExecuteNonQueryAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException) when (clock.Elapsed < UpLimit)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    /// <summary>PostgreSQL refuses to run as root: then another user gets the folder.</summary>
    /// <returns>What stands before a command so that it runs as a user that may.</returns>
    private static async Task<string[]> UnprivilegedAsync(string directory, string log, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return [];
        }

        var users = await File.ReadAllLinesAsync("/etc/passwd", cancellationToken);
        var user = Array.Exists(users, line => line.StartsWith(User + ":", StringComparison.Ordinal)) ? User : "nobody";
        await RunAsync(["chown", user, directory], directory, log, cancellationToken);
        return [SetUser, $"--reuid={user}", "--clear-groups"];
    }

    private static async Task RunAsync(string[] command, string directory, string log, CancellationToken cancellationToken)
    {
        await using var process = ChildProcess.Start(command[0], command[0], command[1..], log, directory);
        if (!await process.WaitForExitAsync(ProgramLimit, cancellationToken) || process.ExitCode != 0)
        {
            throw new RunFailedException($"'{string.Join(' ', command)}' failed:\n{process.LogTail()}");
        }
    }
}
