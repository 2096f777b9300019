using System.Globalization;
using KafkaFunctions.App.ChangeData;
using KafkaFunctions.Bench.Workload;
using Npgsql;

namespace KafkaFunctions.Bench.Changes;

/// <summary>Inserts, updates, new primary keys and deletes in a table of customers, in transactions of several. The same seed
/// gives the same statements in the same order.</summary>
internal sealed class CustomerWorkload(PostgresServer postgres, int seed)
{
    /// <summary>Id of the row that <see cref="MarkEndAsync"/> writes.</summary>
    public const long MarkId = 9_000_000_000_000_000_000;

    private const int LargestTransaction = 12;

    private static readonly string[] Countries = ["AT", "DE", "FR", "GB", "JP", "US"];
    private static readonly string?[] FirstNames = ["Ada", "Grace", "Zoë", "Jürgen", "O'Neil \"Q\"", "花子", null];
    private static readonly DateTime Epoch = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly List<long> _live = [];
    private readonly int[] _done = new int[Enum.GetValues<CustomerOperation>().Length];
    private int _transactions;
    private int _statements;
    private long _lastId;

    /// <summary>Statements so far.</summary>
    public int Statements => Volatile.Read(ref _statements);

    /// <summary>Rows that the table has now.</summary>
    public int Rows => _live.Count;

    /// <summary>How often an operation was done.</summary>
    public int Done(CustomerOperation operation) => _done[(int)operation];

    /// <summary>Creates the table and its first rows.</summary>
    public async Task CreateTableAsync(int rows, CancellationToken cancellationToken)
    {
        await postgres.ExecuteAsync(
            """
            CREATE TABLE customers (
              id bigint PRIMARY KEY, first_name text, last_name text, email text NOT NULL, country char(2), updated_at timestamptz NOT NULL);
            ALTER TABLE customers REPLICA IDENTITY FULL;
            """,
            cancellationToken);
        while (_live.Count < rows)
        {
            await TransactAsync(Math.Min(LargestTransaction, rows - _live.Count), _ => CustomerOperation.Insert, cancellationToken);
        }
    }

    /// <summary>Does one transaction.</summary>
    public Task StepAsync(CancellationToken cancellationToken)
    {
        var dice = new Dice(seed, _transactions);
        return TransactAsync(1 + dice.Roll(LargestTransaction), roll => roll switch
        {
            < 30 => CustomerOperation.Insert,
            < 75 => CustomerOperation.Update,
            < 80 => CustomerOperation.Rename,
            _ => CustomerOperation.Delete,
        }, cancellationToken);
    }

    /// <summary>Writes the last row: what the log has behind it is not of this workload.</summary>
    public Task MarkEndAsync(CancellationToken cancellationToken) =>
        postgres.ExecuteAsync($"INSERT INTO customers VALUES ({MarkId}, NULL, 'the end', 'end@example.com', NULL, '2026-01-01T00:00:00Z')", cancellationToken);

    /// <summary>The table as it is, by key, as its change log has it.</summary>
    public async Task<Dictionary<string, Customer>> ReadTableAsync(CancellationToken cancellationToken)
    {
        await using var command = postgres.Connections.CreateCommand(
            """
            SELECT id, first_name, last_name, email, country, to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
            FROM customers
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var table = new Dictionary<string, Customer>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var customer = new Customer
            {
                Id = reader.GetInt64(0),
                FirstName = Text(reader, 1),
                LastName = Text(reader, 2),
                Email = Text(reader, 3),
                Country = Text(reader, 4),
                UpdatedAt = Text(reader, 5),
            };
            table.Add(customer.Id.ToString(CultureInfo.InvariantCulture), customer);
        }

        return table;
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private async Task TransactAsync(int statements, Func<int, CustomerOperation> choose, CancellationToken cancellationToken)
    {
        _transactions++;
        await using var connection = await postgres.Connections.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        for (var i = 0; i < statements; i++)
        {
            var dice = new Dice(~seed, _statements);
            var operation = _live.Count == 0 ? CustomerOperation.Insert : choose(dice.Roll(100));
            await using var command = Command(operation, ref dice);
            command.Connection = connection;
            await command.ExecuteNonQueryAsync(cancellationToken);
            _done[(int)operation]++;
            Interlocked.Increment(ref _statements);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private NpgsqlCommand Command(CustomerOperation operation, ref Dice dice)
    {
        var place = operation == CustomerOperation.Insert ? _live.Count : dice.Roll(_live.Count);
        switch (operation)
        {
            case CustomerOperation.Insert:
                _live.Add(++_lastId);
                return Values("INSERT INTO customers VALUES ($1, $2, $3, $4, $5, $6)", _lastId, ref dice);
            case CustomerOperation.Update:
                return Values(
                    "UPDATE customers SET first_name = $2, last_name = $3, email = $4, country = $5, updated_at = $6 WHERE id = $1", _live[place], ref dice);
            case CustomerOperation.Rename:
                var old = _live[place];
                _live[place] = ++_lastId;
                return Of("UPDATE customers SET id = $1 WHERE id = $2", _lastId, old);
            default:
                var gone = _live[place];
                _live[place] = _live[^1];
                _live.RemoveAt(_live.Count - 1);
                return Of("DELETE FROM customers WHERE id = $1", gone);
        }
    }

    private NpgsqlCommand Values(string statement, long id, ref Dice dice) => Of(
        statement,
        id,
        (object?)FirstNames[dice.Roll(FirstNames.Length)] ?? DBNull.Value,
        string.Create(CultureInfo.InvariantCulture, $"Example {dice.Roll(1000)}"),
        string.Create(CultureInfo.InvariantCulture, $"customer{id}.{_statements}@example.com"),
        Countries[dice.Roll(Countries.Length)],
        Epoch.AddMicroseconds(_statements * 1_000_003L));

    private static NpgsqlCommand Of(string statement, params object[] values)
    {
        var command = new NpgsqlCommand(statement);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
