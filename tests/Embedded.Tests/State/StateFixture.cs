using KafkaFunctions.Embedded.State;
using KafkaFunctions.Streams.State;
using Microsoft.Data.Sqlite;

namespace KafkaFunctions.Embedded.Tests.State;

/// <summary>A directory of its own for a state file, and what tests do to it.</summary>
internal sealed class StateFixture : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public string Directory => _directory.FullName;

    public string FilePath => _directory.File("state.db");

    public static StateBucket Bucket { get; } = new(5);

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public SqliteStateStorage Open(SqliteStateOptions? options = null) => SqliteStateStorage.Open(Directory, options);

    public static StateKey Key(int number) => new([(byte)(number >> 8), (byte)number]);

    public static StateWrite[] Inserts(int from, int count, int valueBytes = 100) =>
        [.. Enumerable.Range(from, count).Select(i => new StateWrite(Key(i), new byte[valueBytes], null))];

    public static async Task<int> CountAsync(IStateStore store) => await store.ScanAsync(Bucket, StateRange.All, Cancellation).CountAsync(Cancellation);

    public async Task<SqliteConnection> ConnectAsync()
    {
        var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        await connection.OpenAsync(Cancellation);
        return connection;
    }

    public async Task<object?> ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(Cancellation);
    }

    public void Dispose() => _directory.Dispose();
}
