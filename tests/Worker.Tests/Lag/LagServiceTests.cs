using System.Diagnostics.Metrics;
using System.Text;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace KafkaFunctions.Worker.Tests.Lag;

public sealed class LagServiceTests
{
    [Fact]
    public async Task Metrics_OfAFunctionThatDoesNotRun_TellWhatWaitsForIt()
    {
        await using var app = App(("AzureFunctionsJobHost:functions:0", "Split"));
        await app.StartAsync();
        var lag = Collect(app, "kafkafunctions.consumer.lag");

        await PublishAsync(app, "lines", "a b c");

        await WaitAsync(lag, measured => SumOf(measured, "Shout") == 3 && SumOf(measured, "Split") == 0);
        Assert.Contains(lag.GetMeasurementSnapshot(), measured => measured.Tags is var tags
            && (string)tags["group"]! == "shout" && (string)tags["topic"]! == "words" && (string)tags["partition"]! == "0");
    }

    [Fact]
    public async Task Metrics_OfCommittedOffsets_GoOnWithTheFunction()
    {
        await using var app = App();
        await app.StartAsync();
        var committed = Collect(app, "kafkafunctions.consumer.committed_offset");

        await PublishAsync(app, "lines", "a", "b");

        await WaitAsync(committed, measured => SumOf(measured, "Split") == 2 && SumOf(measured, "Shout") == 2);
    }

    [Fact]
    public async Task Metrics_OfATopicThatIsNotThere_AreLeftOut()
    {
        await using var app = App(("AzureFunctionsJobHost:functions:0", "Split"));
        await app.StartAsync();
        var lag = Collect(app, "kafkafunctions.consumer.lag");

        await WaitAsync(lag, measured => SumOf(measured, "Shout") is not null);

        Assert.Null(SumOf(lag.GetMeasurementSnapshot(), "Sort"));
    }

    private static WorkerApp App(params (string Name, string Value)[] settings) => new()
    {
        Functions = [typeof(WordFunctions)],
        Settings = new(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))) { ["Telemetry:LagInterval"] = "00:00:00.02" },
    };

    private static MetricCollector<long> Collect(WorkerApp app, string instrument) =>
        new(app.Services.GetRequiredService<IMeterFactory>(), "KafkaFunctions.Worker", instrument);

    private static Task PublishAsync(WorkerApp app, string topic, params string[] values) => app.Services.GetRequiredService<IRecordPublisher>().PublishAsync(
        topic, [.. values.Select(value => new OutputRecord(null, Encoding.UTF8.GetBytes(value)))], TestContext.Current.CancellationToken);

    /// <summary>Sum over the partitions of a function; null where nothing is told of it.</summary>
    private static long? SumOf(IReadOnlyList<CollectedMeasurement<long>> measured, string function)
    {
        var own = measured.Where(measurement => (string)measurement.Tags["function"]! == function).ToList();
        return own.Count == 0 ? null : own.Sum(measurement => measurement.Value);
    }

    private static async Task WaitAsync(MetricCollector<long> collector, Func<IReadOnlyList<CollectedMeasurement<long>>, bool> isMet)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            collector.Clear();
            collector.RecordObservableInstruments();
            if (isMet(collector.GetMeasurementSnapshot()))
            {
                return;
            }

            await Task.Delay(10, limit.Token);
        }
    }
}
