using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using KafkaFunctions.Kafka;
using KafkaFunctions.Tables;
using KafkaFunctions.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace KafkaFunctions.Worker.Tests.Telemetry;

/// <summary>docs/telemetry.md lists the instruments that the libraries have, and no others.</summary>
public sealed class MetricsPageTests
{
    [Fact]
    public async Task Page_Instruments_AreThoseOfTheLibraries()
    {
        var instruments = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name.StartsWith("KafkaFunctions.", StringComparison.Ordinal))
                {
                    instruments[instrument.Name] = $"{InPrometheus(instrument)} {KindOf(instrument)}";
                }
            },
        };
        listener.Start();

        await MakeInstrumentsAsync();

        Assert.Equal(
            MetricsPage.Read().Select(entry => $"{entry.Instrument}: {entry.Prometheus} {entry.Kind}").Order(StringComparer.Ordinal),
            instruments.Select(instrument => $"{instrument.Key}: {instrument.Value}").Order(StringComparer.Ordinal));
    }

    private static async Task MakeInstrumentsAsync()
    {
        await using var app = new WorkerApp { Functions = [typeof(State.CountFunctions)] };
        await app.StartAsync();
        await app.InvokeAsync("Count", TextRecords.From(0, "a"));
        using var kafka = new KafkaClientFactory(new KafkaConnection("localhost:1"), NullLoggerFactory.Instance);
        await using var tables = new AzureTableStateStorage(
            [TableAccount.FromConnectionString("UseDevelopmentStorage=true")], new TableStateOptions(), NullLogger<AzureTableStateStorage>.Instance);
    }

    private static string InPrometheus(Instrument instrument)
    {
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
        return instrument.Name.Replace('.', '_') + unit + (KindOf(instrument) == "counter" ? "_total" : "");
    }

    private static string KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Counter" or "ObservableCounter" => "counter",
        "Histogram" => "histogram",
        _ => "gauge",
    };
}
