using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.State.InMemory;

namespace KafkaFunctions.Streams.Tests.State;

/// <summary>Another instance runs the same records, and further ones, at each step of an instance in turn, which then goes on with
/// what it knows. State and outputs without copies are those of a run without trouble.</summary>
public sealed class ZombieTests
{
    [Theory]
    [MemberData(nameof(Pipelines.Cases), MemberType = typeof(Pipelines))]
    public async Task AnInstance_OvertakenAtAnyStep_ChangesNothing(string pipeline, bool folds)
    {
        var run = new StreamRunOptions { FoldBatch = folds, MaxAttempts = 1 };
        var expected = await RunAsync(pipeline, run, int.MaxValue, 6, 6);

        var ended = false;
        for (var at = 1; !ended; at++)
        {
            foreach (var (mine, others) in new[] { (4, 3), (2, 12), (12, 5) })
            {
                var actual = await RunAsync(pipeline, run, at, mine, others);

                Assert.Equal(expected.State, actual.State);
                Assert.Equal(expected.Outputs, actual.Outputs);
                Assert.Equal(expected.Poison, actual.Poison);
                ended = !actual.WasOvertaken;
            }
        }
    }

    private static async Task<(string[] State, string[] Outputs, string[] Poison, bool WasOvertaken)> RunAsync(
        string pipeline, StreamRunOptions run, int at, int mine, int others)
    {
        await using var storage = new InMemoryStateStorage();
        var published = new List<OutputRecord>();
        var poison = new SortedSet<string>(StringComparer.Ordinal);
        var wasOvertaken = false;
        var from = 0;
        var zombie = NewApp();
        var interruption = new Interruption(at)
        {
            Reached = () =>
            {
                wasOvertaken = true;
                storage.Hook = null;
                zombie.BeforePublish = () => { };
                BatchesAsync(NewApp(), from, others, 2).GetAwaiter().GetResult();
            },
        };
        storage.Hook = interruption;
        zombie.BeforePublish = interruption.Pass;
        for (; from < Pipelines.Records.Length; from += mine)
        {
            await BatchesAsync(zombie, from, mine, 1);
        }

        await BatchesAsync(NewApp(), 0, 5, int.MaxValue);
        storage.Hook = null;
        return (await Pipelines.StateOf(pipeline, storage), Pipelines.OutputsOf(pipeline, published), [.. poison], wasOvertaken);

        StateApp NewApp() => new(Pipelines.Build(pipeline), storage) { Run = run, Published = published };

        async Task BatchesAsync(StateApp app, int first, int size, int count)
        {
            for (var i = first; i < Pipelines.Records.Length && count > 0; i += size, count--)
            {
                await app.BatchAsync(Pipelines.Records[i..Math.Min(Pipelines.Records.Length, i + size)]);
            }

            poison.UnionWith(app.DeadLetters.Select(letter => $"{letter.Record.Partition}:{letter.Record.Offset}"));
        }
    }
}
