using CsCheck;
using static KafkaFunctions.Worker.Tests.TextRecords;

namespace KafkaFunctions.Worker.Tests.Outputs;

/// <summary>Identities over a chain of functions, through real invocations.</summary>
public sealed class IdentityChainTests
{
    [Fact]
    public async Task Invoke_ChainOfThree_PathAndSequenceGrowByAStepEach()
    {
        var publisher = new FakePublisher();
        await using var app = new WorkerApp { Functions = [typeof(WordFunctions)], Publisher = publisher };

        await app.InvokeAsync("Split", From(40, "a cat"));
        await app.InvokeAsync("Shout", [.. publisher["words"].Select((record, i) => Delivered(record, "words", 1, 70 + i))]);
        await app.InvokeAsync("Sort", [.. publisher["loud"].Select((record, i) => Delivered(record, "loud", 0, 90 + i))]);

        Assert.Equal(["1;kafkafunctions;Split:3;40.0", "1;kafkafunctions;Split:3;40.1"], publisher.Identities("words"));
        Assert.Equal(["1;kafkafunctions;Split:3/Shout:1;40.0.0", "1;kafkafunctions;Split:3/Shout:1;40.1.0"], publisher.Identities("loud"));
        Assert.Equal(
            ["1;kafkafunctions;Split:3/Shout:1/Sort:0;40.0.0.0", "1;kafkafunctions;Split:3/Shout:1/Sort:0;40.1.0.0"],
            publisher.Identities("short"));
    }

    [Fact]
    public async Task Invoke_WriterRunsInAnotherProcess_IsHonouredAllTheSame()
    {
        var publisher = new FakePublisher();
        await using var app = new WorkerApp
        {
            Functions = [typeof(WordFunctions)],
            Publisher = publisher,
            Options = new() { Port = 0, Functions = ["Shout"] },
        };

        await app.InvokeAsync("Shout", [Record(5, "cat", ("kf-identity", "1;kafkafunctions;Split:3;40.0"))]);

        Assert.Equal(["1;kafkafunctions;Split:3/Shout:3;40.0.0"], publisher.Identities("loud"));
    }

    [Fact]
    public async Task Invoke_OtherApplicationName_IsInTheIdentity()
    {
        var publisher = new FakePublisher();
        await using var app = new WorkerApp
        {
            Functions = [typeof(WordFunctions)],
            Publisher = publisher,
            Settings = { ["Kafka:Application"] = "shop" },
        };

        await app.InvokeAsync("Shout", [Record(5, "cat", ("kf-identity", "1;kafkafunctions;Split:3;40.0"))]);

        Assert.Equal(["1;shop;Shout:3;5.0"], publisher.Identities("loud"));
    }

    [Fact]
    public async Task Invoke_RedeliveredInOtherBatches_GivesTheSameIdentities()
    {
        string[] lines = ["a", "b c", "", "poison", "d e f", "g", "poison", "h i"];
        var expected = await IdentitiesAsync(lines, [lines.Length]);

        await Gen.Int[1, 4].Array[1, 8].SampleAsync(
            async cuts => Assert.Equal(expected, await IdentitiesAsync(lines, cuts)),
            iter: 30);
    }

    /// <summary>Runs the lines through the first function in batches of these sizes, the last one taking the rest.</summary>
    private static async Task<string?[]> IdentitiesAsync(string[] lines, int[] cuts)
    {
        var publisher = new FakePublisher();
        await using var app = new WorkerApp { Functions = [typeof(WordFunctions)], Publisher = publisher };
        var start = 0;
        foreach (var cut in cuts.Append(lines.Length))
        {
            var batch = lines.Skip(start).Take(cut).ToArray();
            if (batch.Length > 0)
            {
                await app.InvokeAsync("Split", From(100 + start, batch));
                start += batch.Length;
            }
        }

        return [.. publisher.Identities("words"), .. publisher.Identities("lines.dlq")];
    }
}
