using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.State.InMemory;

namespace KafkaFunctions.Streams.Tests.State;

/// <summary>The instance ends at each of its steps in turn; the next one gets the records again from the last batch that succeeded,
/// in other batches. State and outputs without copies are those of a run without trouble.</summary>
public sealed class CrashTests
{
    [Theory]
    [MemberData(nameof(Pipelines.Cases), MemberType = typeof(Pipelines))]
    public async Task AnInstance_EndsAtAnyStep_NothingIsLostOrDoubled(string pipeline, bool folds)
    {
        var run = new StreamRunOptions { FoldBatch = folds, MaxAttempts = 1 };
        var expected = await RunAsync(pipeline, run, int.MaxValue, 3, 3);

        var ended = false;
        for (var at = 1; !ended; at++)
        {
            foreach (var (cut, otherCut) in new[] { (3, 5), (12, 1), (4, 12) })
            {
                var actual = await RunAsync(pipeline, run, at, cut, otherCut);

                Assert.Equal(expected.State, actual.State);
                Assert.Equal(expected.Outputs, actual.Outputs);
                Assert.Equal(expected.Poison, actual.Poison);
                ended = !actual.Crashed;
                Assert.True(at > 10 || actual.Crashed);
            }
        }
    }

    private static async Task<(string[] State, string[] Outputs, string[] Poison, bool Crashed)> RunAsync(
        string pipeline, StreamRunOptions run, int at, int cut, int otherCut)
    {
        await using var storage = new InMemoryStateStorage();
        var published = new List<OutputRecord>();
        var poison = new SortedSet<string>(StringComparer.Ordinal);
        var from = await LiveAsync(pipeline, run, storage, new Interruption(at), 0, cut, published, poison);
        var crashed = from < Pipelines.Records.Length;
        if (crashed)
        {
            from = await LiveAsync(pipeline, run, storage, new Interruption(int.MaxValue), from, otherCut, published, poison);
        }

        Assert.Equal(Pipelines.Records.Length, from);
        storage.Hook = null;
        return (await Pipelines.StateOf(pipeline, storage), Pipelines.OutputsOf(pipeline, published), [.. poison], crashed);
    }

    /// <summary>The life of an instance.</summary>
    /// <returns>What was committed when it ended.</returns>
    private static async Task<int> LiveAsync(
        string pipeline, StreamRunOptions run, InMemoryStateStorage storage, Interruption interruption, int from, int size, List<OutputRecord> published, SortedSet<string> poison)
    {
        storage.Hook = interruption;
        var app = new StateApp(Pipelines.Build(pipeline), storage) { Run = run, BeforePublish = interruption.Pass };
        try
        {
            for (; from < Pipelines.Records.Length; from = Math.Min(Pipelines.Records.Length, from + size))
            {
                var batch = Pipelines.Records[from..Math.Min(Pipelines.Records.Length, from + size)];
                await app.BatchAsync(batch);
            }
        }
        catch (Interruption.CrashException)
        {
            // The batch is delivered again, to the next instance.
        }

        published.AddRange(app.Published);
        poison.UnionWith(app.DeadLetters.Select(letter => $"{letter.Record.Partition}:{letter.Record.Offset}"));
        return from;
    }
}
