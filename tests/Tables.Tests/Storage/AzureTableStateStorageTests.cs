using Azure;
using Azure.Data.Tables;
using KafkaFunctions.Streams.State;
using KafkaFunctions.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using static KafkaFunctions.Tables.Tests.TestStorage;

namespace KafkaFunctions.Tables.Tests.Storage;

/// <summary>What the contract does not know of: tables, accounts, credentials, damaged rows. On Azurite.</summary>
public sealed class AzureTableStateStorageTests(AzuriteTables azurite)
{
    private static readonly string Name = $"store-{Guid.NewGuid():N}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAsync_DamagedOrNewerRow_IsCorruptAndStays()
    {
        await using var storage = await OpenAsync();
        var store = await storage.OpenAsync(Name + "-a", Cancellation);
        var table = await TableAsync(Name + "-a");
        await store.WriteAsync(Bucket, [new StateWrite(Key("a"), new byte[100_000], null), new StateWrite(Key("b"), [1], null)], Cancellation);
        await table.UpdateEntityAsync(new TableEntity("0007", "a") { ["V1"] = new byte[5] }, ETag.All, TableUpdateMode.Merge, Cancellation);
        await table.UpdateEntityAsync(new TableEntity("0007", "b") { ["F"] = 2 }, ETag.All, TableUpdateMode.Merge, Cancellation);

        foreach (var key in (string[])["a", "b"])
        {
            var error = await Assert.ThrowsAsync<StateCorruptException>(() => store.ReadAsync(Bucket, [Key(key)], Cancellation));
            Assert.Equal(Key(key), error.Key);
            await Assert.ThrowsAsync<StateConflictException>(() => store.WriteAsync(Bucket, [new StateWrite(Key(key), [2], null)], Cancellation));
        }

        await Assert.ThrowsAsync<StateCorruptException>(() => ScanAsync(store));
        Assert.Equal(2, (await table.GetEntityAsync<TableEntity>("0007", "b", cancellationToken: Cancellation)).Value["F"]);
    }

    [Theory]
    [InlineData("not%20ours")]
    [InlineData("-2f")]
    public async Task ScanAsync_RowOfAnotherProgram_IsCorrupt(string rowKey)
    {
        await using var storage = await OpenAsync();
        var store = await storage.OpenAsync(Name + "-b" + rowKey.Length, Cancellation);
        var table = await TableAsync(Name + "-b" + rowKey.Length);
        await table.AddEntityAsync(new TableEntity("0007", rowKey) { ["Total"] = 5 }, Cancellation);

        Assert.Contains(rowKey, (await Assert.ThrowsAsync<StateCorruptException>(() => ScanAsync(store))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_Rows_AreTheStoredFormat()
    {
        await using var storage = await OpenAsync();
        var store = await storage.OpenAsync(Name + "-c", Cancellation);
        await store.WriteAsync(Bucket, [new StateWrite(Key("a/b"), [1, 2], null)], Cancellation);
        await store.WriteAsync(StateBucket.Progress, [new StateWrite(Key("p"), [], null)], Cancellation);

        var table = await TableAsync(Name + "-c");
        var row = (await table.GetEntityAsync<TableEntity>("0007", "a-2Fb", cancellationToken: Cancellation)).Value;
        var progress = (await table.GetEntityAsync<TableEntity>("progress", "p", cancellationToken: Cancellation)).Value;
        var layout = (await table.GetEntityAsync<TableEntity>("layout", "layout", cancellationToken: Cancellation)).Value;

        Assert.Equal((1, 2), (row["F"], row["L"]));
        Assert.Equal([1, 2], (byte[])row["V0"]);
        Assert.Equal((1, 0), (progress["F"], progress["L"]));
        Assert.Equal((1, Name + "-c", 1, 0), (layout["F"], layout["Store"], layout["Accounts"], layout["Account"]));
    }

    [Fact]
    public async Task OpenAsync_WrongKey_NamesTheSetting()
    {
        var wrong = (await azurite.ConnectionStringAsync()).Replace("AccountKey=E", "AccountKey=F", StringComparison.Ordinal);
        await using var storage = New(wrong);

        var open = await Assert.ThrowsAsync<StateAccessException>(() => storage.OpenAsync(Name + "-d", Cancellation).AsTask());
        var list = await Assert.ThrowsAsync<StateAccessException>(() => storage.ListAsync(Cancellation));

        Assert.All([open, list], error => Assert.Contains("StateStorage", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OpenAsync_NobodyListens_IsUnavailable()
    {
        await using var storage = New(Azurite.ConnectionStringOf("http://127.0.0.1:1/devstoreaccount1"), new TableStateOptions { Patience = TimeSpan.FromSeconds(1) });

        await Assert.ThrowsAsync<StateUnavailableException>(() => storage.OpenAsync(Name + "-e", Cancellation).AsTask());
    }

    [Fact]
    public async Task SeveralAccounts_Buckets_AreSpreadAndProgressIsInTheFirst()
    {
        await using var second = await Azurite.StartAsync();
        string[] connections = [await azurite.ConnectionStringAsync(), second.ConnectionString];
        await using var storage = New(connections);
        var store = await storage.OpenAsync(Name + "-f", Cancellation);
        foreach (var bucket in (StateBucket[])[StateBucket.Progress, .. Enumerable.Range(0, 4).Select(i => new StateBucket(i))])
        {
            await store.WriteAsync(bucket, [new StateWrite(Key("k"), [1], null), new StateWrite(Key("l"), [1], null)], Cancellation);
            Assert.NotNull((await store.ReadAsync(bucket, [Key("l")], Cancellation))[0]);
        }

        Assert.Equal(["0000", "0002", "layout", "progress"], await PartitionsAsync(connections[0], Name + "-f"));
        Assert.Equal(["0001", "0003", "layout"], await PartitionsAsync(connections[1], Name + "-f"));
        Assert.Contains(store.Name, await storage.ListAsync(Cancellation));
    }

    [Fact]
    public async Task OpenAsync_ListOfAccountsHasChanged_IsRefused()
    {
        await using var second = await Azurite.StartAsync();
        var first = await azurite.ConnectionStringAsync();
        await using (var storage = New(first, second.ConnectionString))
        {
            await storage.OpenAsync(Name + "-g", Cancellation);
        }

        await using var fewer = New(first);
        await using var swapped = New(second.ConnectionString, first);

        Assert.Contains("2 accounts", (await Assert.ThrowsAsync<StateAccessException>(() => fewer.OpenAsync(Name + "-g", Cancellation).AsTask())).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StateAccessException>(() => swapped.OpenAsync(Name + "-g", Cancellation).AsTask());
    }

    [Fact]
    public async Task ReadAsync_KeyLongerThanAnyStored_IsNotThere()
    {
        await using var storage = await OpenAsync();
        var store = await storage.OpenAsync(Name + "-h", Cancellation);
        StateKey longest = new([.. Enumerable.Repeat((byte)'k', StateLimits.MaxKeyCharacters)]), longer = new([.. longest.Bytes, (byte)'0']);
        await store.WriteAsync(Bucket, [new StateWrite(longest, [1], null)], Cancellation);

        Assert.Null((await store.ReadAsync(Bucket, [longer], Cancellation))[0]);
        Assert.Empty(await ScanAsync(store, new StateRange(longer, null)));
        Assert.Single(await ScanAsync(store, new StateRange(null, longer)));
        Assert.Single(await ScanAsync(store, new StateRange(longest, longer)));
    }

    private static AzureTableStateStorage New(params string[] connectionStrings) => New(connectionStrings, new TableStateOptions());

    private static AzureTableStateStorage New(string connectionString, TableStateOptions options) => New([connectionString], options);

    private static AzureTableStateStorage New(string[] connectionStrings, TableStateOptions options) =>
        new([.. connectionStrings.Select(TableAccount.FromConnectionString)], options, NullLogger<AzureTableStateStorage>.Instance);

    private static async Task<List<StateRow>> ScanAsync(IStateStore store, StateRange range = default)
    {
        var rows = new List<StateRow>();
        await foreach (var row in store.ScanAsync(Bucket, range, Cancellation))
        {
            rows.Add(row);
        }

        return rows;
    }

    private static async Task<string[]> PartitionsAsync(string connectionString, string store)
    {
        var partitions = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var entity in new TableClient(connectionString, TableNames.Encode("kf", store)).QueryAsync<TableEntity>(cancellationToken: Cancellation))
        {
            partitions.Add(entity.PartitionKey);
        }

        return [.. partitions];
    }

    private async Task<AzureTableStateStorage> OpenAsync() => New(await azurite.ConnectionStringAsync());

    private async Task<TableClient> TableAsync(string store) => new(await azurite.ConnectionStringAsync(), TableNames.Encode("kf", store));
}
