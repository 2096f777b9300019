using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Joins;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.InMemory;
using KafkaFunctions.Streams.Tests.State;
using KafkaFunctions.TestSupport;
using static KafkaFunctions.Streams.Tests.Joins.JoinApps;

namespace KafkaFunctions.Streams.Tests.Joins;

public sealed class StreamJoinTests : IAsyncDisposable
{
    private const long FarAhead = 100_000;

    private readonly InMemoryStateStorage _storage = new();
    private readonly TopicEnds _topics = new() { ["left", 0] = 2, ["right", 0] = 2 };
    private readonly List<string> _published = [];
    private readonly StateRuntime _state;

    public StreamJoinTests() => _state = new StateRuntime(_storage, "app", topics: _topics);

    private static StreamJoin<string?, string?, string?, string?> Join { get; } = StreamJoin.Left<string?, string?, string?, string?>(
        "joined", Serdes.Utf8, Serdes.Utf8, Serdes.Utf8, JoinWindows.Of(TimeSpan.FromSeconds(1)), (left, right) => $"{left}-{right ?? "none"}", LeftFunction, RightFunction);

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        await _topics.DisposeAsync();
    }

    [Fact]
    public async Task ARecordThatWaits_ItsSideIsFarAhead_IsJoined()
    {
        await LeftAsync(LeftRecord(0, "a", "1", 0), LeftRecord(1, "b", "2", FarAhead));
        Assert.Empty(_published);

        await RightAsync(RightRecord(0, "a", "x", 1_000));

        Assert.Equal(["a=1-x"], _published);
    }

    [Fact]
    public async Task ARecordThatWaits_ItsPartnerComesAfterItsTime_IsAlone()
    {
        await LeftAsync(LeftRecord(0, "a", "1", 0), LeftRecord(1, "b", "2", FarAhead));

        await RightAsync(RightRecord(0, "c", "x", 1_001), RightRecord(1, "a", "y", 1_000));

        Assert.Equal(["a=1-none"], _published);
    }

    private Task LeftAsync(params InputRecord[] batch) =>
        RunAsync(LeftFunction, KStream.From(Serdes.Utf8, Serdes.Utf8).AsLeftOf(Join).To(Serdes.Utf8, Serdes.Utf8), batch);

    private Task RightAsync(params InputRecord[] batch) =>
        RunAsync(RightFunction, KStream.From(Serdes.Utf8, Serdes.Utf8).AsRightOf(Join).To(Serdes.Utf8, Serdes.Utf8), batch);

    private async Task RunAsync(string function, StreamProcessor processor, InputRecord[] batch)
    {
        var result = await processor.RunAsync(
            batch,
            record => record,
            _state,
            new StreamFunction(function, HonouredIdentities.None) { TopicOf = name => name == LeftFunction ? "left" : "right" },
            cancellationToken: TestContext.Current.CancellationToken);
        Publish(result);
        while (await result.Completion!.DrainAsync(TestContext.Current.CancellationToken) is { } results)
        {
            Publish(results);
        }

        await result.Completion.CommitAsync(TestContext.Current.CancellationToken);
    }

    private void Publish(StreamResult result) => _published.AddRange(result[StreamProcessor.ReturnOutput].Select(StateApp.Show));
}
