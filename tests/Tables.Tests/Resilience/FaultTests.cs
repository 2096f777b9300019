using System.Diagnostics;
using KafkaFunctions.Streams.State;
using KafkaFunctions.TestSupport;
using static KafkaFunctions.Tables.Tests.TestStorage;

namespace KafkaFunctions.Tables.Tests.Resilience;

public sealed class FaultTests
{
    public static TheoryData<int, string> Passing => new()
    {
        { 0, "" },
        { 408, "" },
        { 429, "" },
        { 500, "InternalError" },
        { 500, "OperationTimedOut" },
        { 502, "" },
        { 503, "ServerBusy" },
        { 504, "" },
        { 409, "TableBeingDeleted" },
    };

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task Calls_FaultPasses_AreRepeated(int status, string code)
    {
        await using var storage = await CreateAsync();
        FakeFault[] twice = [new(status, code), new(status, code)];

        storage.Fail(twice);
        var etag = (await storage.WriteAsync(new StateWrite(Key("k"), [1], null)))[0];
        storage.Fail(twice);
        await storage.WriteAsync(new StateWrite(Key("k"), [2], etag), new StateWrite(Key("l"), [3], null));
        storage.Fail(twice);

        Assert.Equal([2], (await storage.ReadAsync("k"))!.Value);
    }

    [Theory]
    [InlineData(401, "NoAuthenticationInformation")]
    [InlineData(403, "AuthenticationFailed")]
    [InlineData(403, "AuthorizationPermissionMismatch")]
    [InlineData(400, "AuthorizationFailure")]
    public async Task Calls_CredentialsRefused_SayWhichSetting(int status, string code)
    {
        await using var storage = await CreateAsync();
        storage.Service.Faults = _ => new FakeFault(status, code);

        var read = await Assert.ThrowsAsync<StateAccessException>(() => storage.ReadAsync("k"));
        var write = await Assert.ThrowsAsync<StateAccessException>(() => storage.WriteAsync(new StateWrite(Key("k"), [1], null)));
        var writes = await Assert.ThrowsAsync<StateAccessException>(
            () => storage.WriteAsync(new StateWrite(Key("k"), [1], null), new StateWrite(Key("l"), [1], null)));

        Assert.All([read, write, writes], error =>
        {
            Assert.Equal("tested", error.Store);
            Assert.Contains("StateStorage", error.Message, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WriteAsync_AnswerIsLost_IsAConflictAndWritten(bool isTransaction)
    {
        await using var storage = await CreateAsync();
        StateWrite[] writes = [new(Key("k"), [1], null), new(Key("l"), [1], null)];
        storage.Fail(FakeFault.AnswerIsLost);

        var conflict = await Assert.ThrowsAsync<StateConflictException>(() => storage.WriteAsync(isTransaction ? writes : writes[..1]));

        Assert.Equal(Key("k"), conflict.Key);
        Assert.Equal([1], (await storage.ReadAsync("k"))!.Value);
    }

    [Fact]
    public async Task WriteAsync_ConflictInATransaction_SaysWhichRow()
    {
        await using var storage = await CreateAsync();
        await storage.WriteAsync(new StateWrite(Key("taken"), [1], null));

        var conflict = await Assert.ThrowsAsync<StateConflictException>(
            () => storage.WriteAsync(new StateWrite(Key("k"), [1], null), new StateWrite(Key("taken"), [2], null)));

        Assert.Equal(Key("taken"), conflict.Key);
        Assert.Null(await storage.ReadAsync("k"));
    }

    [Fact]
    public async Task WriteAsync_TableIsGone_SaysWhichStore()
    {
        await using var storage = await CreateAsync();
        storage.Service.Faults = _ => new FakeFault(404, "TableNotFound");

        var write = await Assert.ThrowsAsync<StateAccessException>(() => storage.WriteAsync(new StateWrite(Key("k"), [1], null)));
        var read = await Assert.ThrowsAsync<StateAccessException>(() => storage.ReadAsync("k"));

        Assert.Equal(("tested", "tested"), (write.Store, read.Store));
        Assert.Contains("kftested", write.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_ManyKeysOfATableThatIsGone_SaysWhichStore()
    {
        await using var storage = await CreateAsync();
        storage.Service.Faults = _ => new FakeFault(404, "TableNotFound");

        var error = await Assert.ThrowsAsync<StateAccessException>(() => storage.Store.ReadAsync(
            Bucket, [.. Enumerable.Range(0, 300).Select(i => Key($"k{i}"))], TestContext.Current.CancellationToken));

        Assert.Equal("tested", error.Store);
    }

    [Fact]
    public async Task WriteAsync_LargestValue_IsReadBack()
    {
        await using var storage = await CreateAsync();
        var value = Enumerable.Range(0, StateLimits.MaxValueBytes).Select(i => (byte)(i * 7)).ToArray();

        var etag = (await storage.WriteAsync(new StateWrite(Key("k"), value, null)))[0];

        var row = await storage.ReadAsync("k");
        Assert.Equal(etag, row!.ETag);
        Assert.Equal(value, row.Value);
    }

    [Fact]
    public async Task WriteAsync_RetryAfter_IsHonoured()
    {
        await using var storage = await CreateAsync();
        storage.Fail(FakeFault.Busy(retryAfter: 1));
        var clock = Stopwatch.StartNew();

        await storage.WriteAsync(new StateWrite(Key("k"), [1], null));

        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(0.95), TimeSpan.FromSeconds(20));
        Assert.Contains(storage.Logger.Collector.GetSnapshot(), entry => entry.Id.Id == 2002);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(503, "ServerBusy")]
    public async Task WriteAsync_NoEnd_IsUnavailableWhenPatienceIsUsedUp(int status, string code)
    {
        await using var storage = await CreateAsync(new TableStateOptions { Patience = TimeSpan.FromSeconds(1) });
        storage.Service.Faults = _ => new FakeFault(status, code);

        var error = await Assert.ThrowsAsync<StateUnavailableException>(() => storage.WriteAsync(new StateWrite(Key("k"), [1], null)));

        Assert.Equal("tested", error.Store);
        Assert.Contains("StateStorage", error.Message, StringComparison.Ordinal);
        Assert.IsType<Azure.RequestFailedException>(error.InnerException);
    }

    [Fact]
    public async Task WriteAsync_AccountDoesNotAnswer_IsLeftAloneForAMoment()
    {
        await using var storage = await CreateAsync(new TableStateOptions { Patience = TimeSpan.FromSeconds(2) });
        var before = storage.Service.Requests;
        storage.Service.Faults = _ => FakeFault.ConnectionBreaks;

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Assert.ThrowsAsync<StateUnavailableException>(
            () => storage.WriteAsync(new StateWrite(Key($"k{i}"), [1], null)))));

        // Each once, and few again before the circuit opened.
        Assert.InRange(storage.Service.Requests - before, 1, 75);
    }

    [Fact]
    public async Task WriteAsync_RequestTakesTooLong_IsGivenUpAndRepeated()
    {
        await using var storage = await CreateAsync(new TableStateOptions { RequestTimeout = TimeSpan.FromMilliseconds(100), Patience = TimeSpan.FromSeconds(1) });
        storage.Service.Latency = (60_000, 60_000);

        var error = await Assert.ThrowsAsync<StateUnavailableException>(() => storage.WriteAsync(new StateWrite(Key("k"), [1], null)));

        Assert.IsType<Polly.Timeout.TimeoutRejectedException>(error.InnerException);
    }

    [Fact]
    public async Task ReadAsync_ManyKeys_AreReadAtOnceUpToTheLimit()
    {
        await using var storage = await CreateAsync(new TableStateOptions { MaxConcurrentRequests = 5 });
        StateKey[] keys = [.. Enumerable.Range(0, 60).Select(i => Key($"k{i}"))];
        await storage.WriteAsync([.. keys.Select(key => new StateWrite(key, key.Bytes.ToArray(), null))]);
        storage.Service.Latency = (5, 5);

        var rows = await Task.WhenAll(
            storage.Store.ReadAsync(Bucket, keys, TestContext.Current.CancellationToken),
            storage.Store.ReadAsync(Bucket, keys, TestContext.Current.CancellationToken));

        Assert.All(rows, read => Assert.Equal(keys, read.Select(row => row!.Key)));
        Assert.InRange(storage.Service.MostInFlight, 2, 5);
    }

    [Fact]
    public async Task WriteAsync_Cancelled_EndsAsCancelled()
    {
        await using var storage = await CreateAsync();
        storage.Service.Faults = _ => FakeFault.Busy(retryAfter: 60);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => storage.Store.WriteAsync(Bucket, [new StateWrite(Key("k"), [1], null)], stop.Token));
    }

    [Fact]
    public async Task WriteAsync_LargestTransaction_FitsTheService()
    {
        await using var storage = await CreateAsync();
        var value = new byte[(StateLimits.MaxBytesPerTransaction / StateLimits.MaxRowsPerTransaction) - (StateLimits.MaxKeyCharacters / 3)];
        // Keys that take three characters a byte, which the address then takes nine for.
        var writes = Enumerable.Range(0, StateLimits.MaxRowsPerTransaction)
            .Select(i => new StateWrite(new StateKey([.. Enumerable.Repeat((byte)':', (StateLimits.MaxKeyCharacters / 3) - 1), (byte)i]), value, null));

        await storage.WriteAsync([.. writes]);

        Assert.InRange(storage.Service.LargestRequestBytes, StateLimits.MaxBytesPerTransaction, TableLimits.MaxPayloadBytes);
    }
}
