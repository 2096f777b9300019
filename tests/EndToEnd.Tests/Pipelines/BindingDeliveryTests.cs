using KafkaFunctions.EndToEnd.Tests.Harness;

namespace KafkaFunctions.EndToEnd.Tests.Pipelines;

/// <summary>Outputs left to the host's own binding.</summary>
public sealed class BindingDeliveryTests : IDisposable
{
    private readonly AppFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OutputDeliveryIsBinding_OutputsArrive()
    {
        var settings = new Dictionary<string, string?> { ["Kafka__OutputDelivery"] = "Binding", ["FilterCondition"] = "keep" };
        await using var app = AppProcess.StartHost(_folder, settings);
        await app.WaitUntilReadyAsync();

        (await AppProcess.RunAsync(_folder, settings, ["produce", "input-topic", "--key-separator", ":"], "a:keep this\nb:not this\nc:keep that\n")).AssertDone();
        var tail = await AppProcess.RunAsync(_folder, settings, ["tail", "output-topic", "--from-beginning", "--count", "2"]);

        Assert.Equal(["keep that", "keep this"], tail.AssertDone().Output.Select(line => line.Split('\t')[3]).Order(StringComparer.Ordinal));
        Assert.Equal(0, await app.StopAsync());
    }
}
