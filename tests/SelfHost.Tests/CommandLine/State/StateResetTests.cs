using KafkaFunctions.SelfHost.CommandLine.Groups;
using KafkaFunctions.SelfHost.Settings;
using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Joins;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.InMemory;

namespace KafkaFunctions.SelfHost.Tests.CommandLine.State;

public sealed class StateResetTests
{
    [Theory]
    [InlineData("CountWords")]
    [InlineData("countwords")]
    public async Task Reset_Function_DeletesOffsetsThenState(string function)
    {
        await using var session = await StateSession.CountedAsync();
        var deletedWithOffsets = false;
        session.Storage.Hook = new Before(operation => deletedWithOffsets |= operation.Kind == StateOperationKind.Delete && session.Groups.Committed.Count > 0);

        Assert.Equal(0, await session.RunAsync("state", "reset", function, "--yes"));

        Assert.False(deletedWithOffsets);
        Assert.Empty(session.Groups.Committed);
        Assert.Empty(session.Groups.Held);
        Assert.Empty(await session.Storage.ListAsync(TestContext.Current.CancellationToken));
        Assert.Contains("Reset CountWords", session.Output, StringComparison.Ordinal);
        Assert.Contains("Store 'word-counts' deleted", session.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_Twice_IsDoneTwice()
    {
        await using var session = await StateSession.CountedAsync();

        Assert.Equal(0, await session.RunAsync("state", "reset", "CountWords", "--yes"));
        Assert.Equal(0, await session.RunAsync("state", "reset", "CountWords", "--yes"));

        Assert.Contains("is not there", session.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_StorageFailsInBetween_CanBeCompleted()
    {
        await using var session = await StateSession.CountedAsync();
        session.Storage.Hook = new Before(operation =>
        {
            if (operation.Kind == StateOperationKind.Delete)
            {
                throw new StateUnavailableException("word-counts", "made to fail");
            }
        });

        Assert.Equal(1, await session.RunAsync("state", "reset", "CountWords", "--yes"));
        Assert.Contains("Offsets of group 'count-words' deleted", session.Error, StringComparison.Ordinal);
        Assert.Empty(session.Groups.Held);
        session.Storage.Hook = null;

        Assert.Equal(0, await session.RunAsync("state", "reset", "CountWords", "--yes"));
        Assert.Empty(await session.Storage.ListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Reset_FunctionRuns_IsRefused()
    {
        await using var session = await StateSession.CountedAsync();
        session.Groups.InUse.Add(StateSession.Group);

        Assert.Equal(1, await session.RunAsync("state", "reset", "CountWords", "--yes"));

        Assert.Contains("in use", session.Error, StringComparison.Ordinal);
        await AssertUntouchedAsync(session);
    }

    [Fact]
    public async Task Reset_FunctionIsStartedMeanwhile_Fails()
    {
        await using var session = await StateSession.CountedAsync();
        session.Groups.IsDisturbed = true;

        Assert.Equal(1, await session.RunAsync("state", "reset", "CountWords", "--yes"));

        Assert.Contains("started in the meantime", session.Error, StringComparison.Ordinal);
        Assert.Empty(session.Output);
    }

    [Fact]
    public async Task Reset_NobodyToAsk_IsWrongUsage()
    {
        await using var session = await StateSession.CountedAsync();

        Assert.Equal(2, await session.RunAsync("state", "reset", "CountWords"));

        Assert.Contains("--yes", session.Error, StringComparison.Ordinal);
        await AssertUntouchedAsync(session);
    }

    [Theory]
    [InlineData("y\n", 0)]
    [InlineData("\n", 1)]
    [InlineData("no\n", 1)]
    [InlineData("", 1)]
    public async Task Reset_Asks_AndDoesAsToldOnly(string typed, int status)
    {
        await using var session = await StateSession.CountedAsync(typed);

        Assert.Equal(status, await session.RunAsync("state", "reset", "CountWords"));

        Assert.Contains("from the oldest record", session.Error, StringComparison.Ordinal);
        if (status != 0)
        {
            await AssertUntouchedAsync(session);
        }
    }

    [Theory]
    [InlineData("CountWord", "Did you mean 'CountWords'?")]
    [InlineData("Filter", "Filter keeps no state")]
    public async Task Reset_NoSuchFunction_Fails(string function, string expected)
    {
        await using var session = await StateSession.CountedAsync();

        Assert.Equal(1, await session.RunAsync("state", "reset", function, "--yes"));

        Assert.Contains(expected, session.Error, StringComparison.Ordinal);
        await AssertUntouchedAsync(session);
    }

    [Fact]
    public async Task Reset_StoreOfAnotherApplication_IsRefused()
    {
        await using var session = new StateSession();
        await session.CountAsync("other", "CountWords", "the");

        Assert.Equal(1, await session.RunAsync("state", "reset", "CountWords", "--yes"));

        Assert.Contains("application 'other'", session.Error, StringComparison.Ordinal);
        await AssertUntouchedAsync(session);
    }

    [Fact]
    public async Task Reset_StoreOfAnotherFunction_IsRefused()
    {
        await using var session = new StateSession();
        await session.CountAsync("app", "Filter", "the");

        Assert.Equal(1, await session.RunAsync("state", "reset", "CountWords", "--yes"));

        Assert.Contains("belongs to Filter", session.Error, StringComparison.Ordinal);
        await AssertUntouchedAsync(session);
    }

    [Fact]
    public async Task Reset_StoreFromBeforeTheFunctionWasRenamed_IsReset()
    {
        await using var session = new StateSession();
        await session.CountAsync("app", "CountWordsOld", "the");

        Assert.Equal(0, await session.RunAsync("state", "reset", "CountWords", "--yes"));

        Assert.Empty(await session.Storage.ListAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("CountWords", true)]
    [InlineData("Filter", true)]
    [InlineData("Filter", false)]
    public async Task Reset_FunctionOfAJoin_ResetsBoth(string function, bool hasRun)
    {
        var join = TableJoin.Inner("joined", Serdes.Utf8, Serdes.Utf8, Serdes.Utf8, (left, right) => left + right, StateSession.Function, "Filter");
        await using var session = new StateSession { Processor = KStream.From(Serdes.Utf8, Serdes.Utf8).AsLeftOf(join).Build(), Groups = { Committed = { "filter" } } };
        if (hasRun)
        {
            await session.Processor.RunAsync(
                [new InputRecord("words", 0, 0, "a"u8.ToArray(), "b"u8.ToArray(), 7, [])],
                record => record,
                new StateRuntime(session.Storage, "app"),
                new StreamFunction(StateSession.Function, HonouredIdentities.None),
                cancellationToken: TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, await session.RunAsync("state", "reset", function, "--yes"));

        Assert.Contains("Reset CountWords, Filter", session.Output, StringComparison.Ordinal);
        Assert.Empty(session.Groups.Committed);
        Assert.Empty(await session.Storage.ListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Reset_GroupOfTwoFunctions_IsRefused()
    {
        await using var session = await StateSession.CountedAsync();
        session.Consumers.Add(new FunctionConsumer("Other", StateSession.Group, "others"));

        Assert.Equal(1, await session.RunAsync("state", "reset", "CountWords", "--yes"));

        Assert.Contains("also that of Other", session.Error, StringComparison.Ordinal);
        await AssertUntouchedAsync(session);
    }

    [Fact]
    public async Task Reset_GroupsBeginAtTheEnd_IsRefused()
    {
        await using var session = await StateSession.CountedAsync();
        session.Host.AutoOffsetReset = OffsetReset.Latest;

        Assert.Equal(1, await session.RunAsync("state", "reset", "CountWords", "--yes"));

        Assert.Contains("autoOffsetReset", session.Error, StringComparison.Ordinal);
        await AssertUntouchedAsync(session);
    }

    private static async Task AssertUntouchedAsync(StateSession session)
    {
        Assert.Equal([StateSession.Group], session.Groups.Committed);
        Assert.Equal([StateSession.Store], await session.Storage.ListAsync(TestContext.Current.CancellationToken));
    }

    private sealed class Before(Action<StateOperation> before) : IStateHook
    {
        public ValueTask BeforeAsync(StateOperation operation, CancellationToken cancellationToken)
        {
            before(operation);
            return ValueTask.CompletedTask;
        }

        public ValueTask AfterAsync(StateOperation operation, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
