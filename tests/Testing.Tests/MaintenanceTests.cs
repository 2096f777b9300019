using KafkaFunctions.App.Operations;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.Testing.Tests;

/// <summary>Timer functions that look after the windows of other functions.</summary>
public sealed class MaintenanceTests
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task CloseIdleWindows_ProcessorWithoutAFunction_ClosesItsWindows()
    {
        await using var test = PipelineTest.Create(builder => builder.Add("Windows", Windows(), "in", "out").Add<CloseIdleWindows>());
        await test.Input("in", Serdes.Utf8, Serdes.Utf8).PipeAsync("a", "x", timestamp: DateTimeOffset.UnixEpoch);
        var finals = test.Output("out", Serdes.WindowedJson(Serdes.Utf8), Serdes.Int64);

        await test.AdvanceWallTimeAsync(Idle);
        Assert.True(finals.IsEmpty);

        await test.AdvanceWallTimeAsync(TimeSpan.FromSeconds(10));
        var final = finals.Read();
        Assert.Equal(1, final.Value);
        Assert.Equal("idle", final.Header("kf-closed-by"));
        Assert.True(finals.IsEmpty);
    }

    private static StreamProcessor Windows() => KStream.From(Serdes.Utf8, Serdes.Utf8)
        .GroupByKey(Serdes.Utf8)
        .WindowedBy(TimeWindows.Tumbling(TimeSpan.FromSeconds(10)).CloseAfterIdle(Idle))
        .EmitFinal()
        .Count("idle-windows")
        .To(Serdes.WindowedJson(Serdes.Utf8), Serdes.Int64);
}
