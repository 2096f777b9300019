using KafkaFunctions.Streams.Joins;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.InMemory;
using KafkaFunctions.Streams.Tests.State;
using static KafkaFunctions.Streams.Tests.Joins.JoinApps;

namespace KafkaFunctions.Streams.Tests.Joins;

/// <summary>Both functions of a join at once: at each step of one the other one goes on, and perhaps the first ends there. Each key's last
/// value on the topic is that of a run one after the other.</summary>
public sealed class JoinInterleavingTests
{
    /// <summary>What becomes of the instance when the other function has run.</summary>
    private enum Fate
    {
        GoesOn,
        Ends,
        Fails,
    }

    private const int FirstRecords = 3;

    private static readonly InputRecord[] LeftRecords =
    [
        LeftRecord(0, "a", "b1"), LeftRecord(1, "b", "c1"), LeftRecord(2, "a", "c2"), LeftRecord(3, "c", "a3"), LeftRecord(4, "b", null), LeftRecord(5, "a", "b4"),
        LeftRecord(6, "d", "b5"), LeftRecord(7, "c", "c6"),
    ];

    private static readonly InputRecord[] RightRecords =
    [
        RightRecord(0, "a", "x"), RightRecord(1, "b", "y"), RightRecord(2, "c", "z"), RightRecord(3, "a", null), RightRecord(4, "b", "v"), RightRecord(5, "c", "w"),
        RightRecord(6, "d", "u"),
    ];

    public static TheoryData<string, bool> Joins
    {
        get
        {
            var joins = new TheoryData<string, bool>();
            foreach (var join in new[] { "inner", "left", "outer", "foreign-inner", "foreign-left" })
            {
                joins.Add(join, true);
                joins.Add(join, false);
            }

            return joins;
        }
    }

    [Theory]
    [MemberData(nameof(Joins))]
    public Task TheOtherFunction_RunsAtAnyStep_TheLastValuesAreTheSame(string join, bool folds) => AtEachStep(join, folds, Fate.GoesOn);

    [Theory]
    [MemberData(nameof(Joins))]
    public Task AnInstance_EndsAtAnyStepAndTheOtherFunctionRuns_TheLastValuesAreTheSame(string join, bool folds) => AtEachStep(join, folds, Fate.Ends);

    [Theory]
    [MemberData(nameof(Joins))]
    public Task TheStore_LosesAnAcknowledgementAndTheOtherFunctionRuns_TheLastValuesAreTheSame(string join, bool folds) => AtEachStep(join, folds, Fate.Fails);

    [Fact]
    public async Task TheOtherFunctionsValue_CannotBeSentOnForNow_TheBatchIsRunAgainAndPublishesItLast()
    {
        var isDown = false;
        var join = TableJoin.Outer(
            "joined", Serdes.Utf8, Serdes.Utf8!, Serdes.Utf8!, (left, right) => isDown ? throw new RetryRecordException(TimeSpan.Zero, "down") : $"{left}+{right}", LeftFunction, RightFunction);
        await using var storage = new InMemoryStateStorage();
        var apps = new JoinApps(() => (StateTest.Source().AsLeftOf(join).To(Serdes.Utf8, Serdes.Utf8!), StateTest.Source().AsRightOf(join).To(Serdes.Utf8, Serdes.Utf8!)), storage);
        var app = apps.Left();
        app.BeforePublish = () =>
        {
            app.BeforePublish = () => { };
            apps.Right().BatchAsync(RightRecord(0, "a", "x")).GetAwaiter().GetResult();
            isDown = true;
        };

        await Assert.ThrowsAsync<RetryRecordException>(() => app.BatchAsync(LeftRecord(0, "a", "b")));
        isDown = false;
        await app.BatchAsync(LeftRecord(0, "a", "b"));

        Assert.Equal("a=b+x", StateApp.Show(apps.Published[^1]));
    }

    private static async Task AtEachStep(string join, bool folds, Fate fate)
    {
        foreach (var leftIsFirst in new[] { true, false })
        {
            var expected = await RunAsync(join, folds, leftIsFirst, int.MaxValue, 3, 2, fate);
            var reached = true;
            for (var at = 1; reached; at++)
            {
                foreach (var (size, others) in new[] { (3, 2), (1, 8), (8, 3) })
                {
                    var actual = await RunAsync(join, folds, leftIsFirst, at, size, others, fate);

                    Assert.Equal(expected.Last, actual.Last);
                    reached = actual.WasReached;
                    Assert.True(at > 10 || reached);
                }
            }
        }
    }

    private static async Task<(string[] Last, bool WasReached)> RunAsync(string join, bool folds, bool leftIsFirst, int at, int size, int others, Fate fate)
    {
        await using var storage = new InMemoryStateStorage();
        var apps = new JoinApps(() => Build(join), storage) { Run = new StreamRunOptions { FoldBatch = folds } };
        var (mine, theirs) = leftIsFirst ? (LeftRecords, RightRecords) : (RightRecords, LeftRecords);
        var done = 0;
        await BatchesAsync(Other(), theirs[..FirstRecords], others);
        theirs = theirs[FirstRecords..];
        var wasReached = false;
        var interruption = new Interruption(at)
        {
            Reached = () =>
            {
                wasReached = true;
                storage.Hook = null;
                BatchesAsync(Other(), theirs, others).GetAwaiter().GetResult();
                if (fate != Fate.GoesOn)
                {
                    throw fate == Fate.Ends ? new Interruption.CrashException() : new StateUnavailableException("joined", "made to fail");
                }
            },
        };
        storage.Hook = interruption;
        var first = First();
        first.BeforePublish = interruption.Pass;
        try
        {
            await BatchesAsync(first, mine, size);
        }
        catch (Exception failure) when (failure is Interruption.CrashException or StateUnavailableException)
        {
            // The batch is delivered again: to the next instance, or in other parts to this one.
            await BatchesAsync(fate == Fate.Ends ? First() : first, mine[done..], others);
        }

        if (!wasReached)
        {
            storage.Hook = null;
            await BatchesAsync(Other(), theirs, others);
        }

        return (apps.Last(), wasReached);

        StateApp First() => leftIsFirst ? apps.Left() : apps.Right();

        StateApp Other() => leftIsFirst ? apps.Right() : apps.Left();

        async Task BatchesAsync(StateApp app, InputRecord[] records, int count)
        {
            foreach (var batch in records.Chunk(count))
            {
                await app.BatchAsync(batch);
                done = records == mine ? done + batch.Length : done;
            }
        }
    }

    internal static (StreamProcessor Left, StreamProcessor Right) Build(string name)
    {
        if (name.StartsWith("foreign", StringComparison.Ordinal))
        {
            var foreign = name == "foreign-inner" ? ForeignKeyJoinTests.Inner() : ForeignKeyJoinTests.Left();
            return (StateTest.Source().AsLeftOf(foreign).To(Serdes.Utf8, Serdes.Utf8!), StateTest.Source().AsRightOf(foreign).To(Serdes.Utf8, Serdes.Utf8!));
        }

        var join = name switch
        {
            "inner" => TableJoinTests.Inner(),
            "left" => TableJoinTests.Left(),
            _ => TableJoinTests.Outer(),
        };
        return (StateTest.Source().AsLeftOf(join).To(Serdes.Utf8, Serdes.Utf8!), StateTest.Source().AsRightOf(join).To(Serdes.Utf8, Serdes.Utf8!));
    }
}
