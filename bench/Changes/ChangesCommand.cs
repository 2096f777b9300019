using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using KafkaFunctions.App.ChangeData;
using KafkaFunctions.Bench.Backends;
using KafkaFunctions.Bench.Cluster;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Bench.Changes;

/// <summary>A database's changes through Debezium and Kafka: applied in order they leave the database's table, in the harness and in
/// the app's store, and the app's orders are joined with it.</summary>
internal sealed class ChangesCommand
{
    private static readonly TimeSpan ArriveLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    private readonly Preset<int> _rows = new("--rows", "Rows that the table has before the connector first starts: its snapshot", 2000, 200);
    private readonly Preset<int> _statements = new("--statements", "Statements in each life of the connector, and as many while it is down", 5000, 500);
    private readonly Preset<int> _restarts = new("--restarts", "How often the connector is stopped or killed and started again", 5, 1);

    private readonly Option<bool> _keySchemas = new("--key-schemas") { Description = "Wrap keys with their schema, too; of values every second life does" };

    public static Command Create(CommonOptions common)
    {
        var changes = new ChangesCommand();
        return common.Command(
            "changes",
            "Carries a PostgreSQL table through Debezium, Kafka and the app, and compares what arrives with the table",
            [changes._rows.Option, changes._statements.Option, changes._restarts.Option, changes._keySchemas],
            changes.RunAsync);
    }

    private async Task<Report> RunAsync(BenchRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        var postgres = await PostgresServer.StartAsync(run, cancellationToken);
        var cluster = await KafkaCluster.StartAsync(run, nodeCount: 1, cancellationToken);
        var backend = run.Own(new KafkaBackend(cluster.BootstrapServers));
        var functions = await CustomerFunctions.StartAsync(run, backend, cancellationToken);

        var workload = new CustomerWorkload(postgres, run.Seed);
        await workload.CreateTableAsync(_rows.Of(arguments, run), cancellationToken);
        var connector = run.Own(new DebeziumConnector(run, cluster.BootstrapServers, postgres, arguments.GetValue(_keySchemas)));
        var lives = 1 + _restarts.Of(arguments, run);
        for (var life = 0; life < lives; life++)
        {
            await LiveAsync(run, connector, workload, life, life == lives - 1, _statements.Of(arguments, run), cancellationToken);
        }

        await workload.MarkEndAsync(cancellationToken);
        var log = await WaitForEndAsync(run, backend.Topics, connector, cancellationToken);
        var database = await workload.ReadTableAsync(cancellationToken);
        var report = Judge(database, log, workload, lives);
        var table = await functions.ReadTableAsync(cancellationToken);
        Compare(report, "the app's table equals the database's", database, table, database.Count == table.Count);
        var (orders, wrong) = await functions.OrderAsync(table, cancellationToken);
        report.Check("orders are joined with the table", wrong is null, wrong ?? Report.Invariant($"{orders:N0} orders"));
        await functions.StopAsync(cancellationToken);
        return report;
    }

    /// <summary>One life of the connector: with or without schemas in turn, ended in good order or killed in turn.</summary>
    private static async Task LiveAsync(
        BenchRun run, DebeziumConnector connector, CustomerWorkload workload, int life, bool isLast, int statements, CancellationToken cancellationToken)
    {
        var schemas = life % 2 == 0;
        await connector.StartAsync(schemas, cancellationToken);
        await WriteWhileAsync(run, workload, connector.WaitUntilStreamingAsync(cancellationToken), cancellationToken);
        run.Say($"life {life + 1} of the connector, {(schemas ? "with" : "without")} schemas: it reads the log");
        await WriteAsync(run, workload, statements, cancellationToken);
        if (isLast)
        {
            return;
        }

        await WriteWhileAsync(run, workload, connector.WaitUntilNotedAsync(cancellationToken), cancellationToken);
        var kill = life % 2 == 0;
        await WriteWhileAsync(run, workload, kill ? connector.KillAsync() : connector.StopAsync(cancellationToken), cancellationToken);
        run.Say($"the connector was {(kill ? "killed" : "stopped")}");
        await WriteAsync(run, workload, statements, cancellationToken);
    }

    private static async Task WriteWhileAsync(BenchRun run, CustomerWorkload workload, Task task, CancellationToken cancellationToken)
    {
        while (!task.IsCompleted)
        {
            // Slowly: how long the connector takes must not decide how much there is to read.
            await WriteAsync(run, workload, 1, cancellationToken);
            await Task.WhenAny(task, Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken));
        }

        await task;
    }

    private static async Task WriteAsync(BenchRun run, CustomerWorkload workload, int statements, CancellationToken cancellationToken)
    {
        for (var end = workload.Statements + statements; workload.Statements < end;)
        {
            await workload.StepAsync(cancellationToken);
            run.Progress(() => Report.Invariant($"{workload.Statements:N0} statements, {workload.Rows:N0} rows"));
        }
    }

    /// <summary>Reads the log once the last row is there and nothing more comes.</summary>
    private static async Task<ChangeLogTable> WaitForEndAsync(
        BenchRun run, ITopicClient topics, DebeziumConnector connector, CancellationToken cancellationToken)
    {
        var mark = CustomerWorkload.MarkId.ToString(CultureInfo.InvariantCulture);
        var clock = Stopwatch.StartNew();
        var log = await ChangeLogTable.ReadAsync(topics, DebeziumConnector.Topic, cancellationToken);
        while (clock.Elapsed < ArriveLimit)
        {
            connector.RequireAlive();
            await Task.Delay(Quiet, cancellationToken);
            var before = log.Records;
            log = await ChangeLogTable.ReadAsync(topics, DebeziumConnector.Topic, cancellationToken);
            run.Progress(() => Report.Invariant($"{log.Records:N0} records in the change log"));
            if (log.Rows.ContainsKey(mark) && log.Records == before)
            {
                return log;
            }
        }

        throw new RunFailedException($"The last row is not in {DebeziumConnector.Topic} after {ArriveLimit.TotalSeconds} s, or there is no end of records.");
    }

    private static Report Judge(Dictionary<string, Customer> database, ChangeLogTable log, CustomerWorkload workload, int lives)
    {
        var report = new Report();
        report.Table(
            ["inserts", "updates", "new keys", "deletes", "lives of the connector", "records", "upserts", "deletes read", "tombstones", "with schema"],
            [
                [.. new[]
                {
                    workload.Done(CustomerOperation.Insert), workload.Done(CustomerOperation.Update), workload.Done(CustomerOperation.Rename),
                    workload.Done(CustomerOperation.Delete), lives, log.Records, log.Upserts, log.Deletes, log.Tombstones, log.WithSchema,
                }.Select(number => Report.Invariant($"{number:N0}"))],
            ]);
        report.Check("every record is read", log.Refused.Count == 0, log.Refused.Count == 0 ? "none refused" : $"{log.Refused.Count} refused: {log.Refused[0]}");
        report.Check("values with and without schema", log.WithSchema > 0 && log.WithSchema < log.Upserts + log.Deletes, Report.Invariant($"{log.WithSchema:N0} of {log.Upserts + log.Deletes:N0} with"));
        Compare(report, "the change log leaves the database's table", database, log.Rows, database.Count == workload.Rows + 1);
        return report;
    }

    private static void Compare(Report report, string check, Dictionary<string, Customer> database, Dictionary<string, Customer> table, bool isWhole)
    {
        var differences = Differences(database, table).ToList();
        report.Check(
            check,
            differences.Count == 0 && isWhole,
            differences.Count == 0 ? Report.Invariant($"{database.Count:N0} rows equal") : $"{differences.Count} rows differ: {differences[0]}");
    }

    private static IEnumerable<string> Differences(Dictionary<string, Customer> database, Dictionary<string, Customer> table) =>
        database.Keys.Union(table.Keys)
            .Where(key => database.GetValueOrDefault(key) != table.GetValueOrDefault(key))
            .Select(key => $"{database.GetValueOrDefault(key)?.ToString() ?? "no row"} in the database, {table.GetValueOrDefault(key)?.ToString() ?? "no row"} in the table");
}
