using System.Net;
using KafkaFunctions.Embedded;
using KafkaFunctions.EndToEnd.Tests.Harness;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.EndToEnd.Tests.BadInput;

/// <summary>A disk that becomes full under the embedded log.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int LineLength = 20_000;
    private const int MostRequests = 5_000;

    private readonly AppFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task DiskIsFull_SaysSoAndGoesOnWhenThereIsSpace()
    {
        await using var disk = await SmallDisk.RequireAsync(_folder.Data, "6m");
        await using var app = AppProcess.StartHost(_folder, new Dictionary<string, string?> { ["FilterCondition"] = "line" });
        await app.WaitUntilReadyAsync();
        using var client = new HttpClient { BaseAddress = app.Address };
        var acknowledged = new List<string>();

        // The first refusal is what counts: a checkpoint of the write-ahead log may make room for a few lines more.
        var number = 0;
        HttpStatusCode status;
        while ((status = await PostAsync(client, number, acknowledged)) == HttpStatusCode.OK)
        {
            Assert.True(++number < MostRequests, "The disk does not become full.");
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        await app.WaitForLineAsync("DataDirectory", _folder.Data, "full");
        Assert.Equal(HttpStatusCode.OK, await app.GetStatusAsync("health/live"));
        Assert.DoesNotContain(app.Output, line => line.Contains("   at ", StringComparison.Ordinal));

        await disk.ResizeAsync("64m");
        await Poll.UntilAsync("ingest to go on", async () => await PostAsync(client, ++number, acknowledged) == HttpStatusCode.OK, () => app.Printed);
        await Poll.UntilAsync(
            "every acknowledged line to have passed the filter",
            async () => acknowledged.Except(await ReadAsync("output-topic")).Any() == false,
            () => app.Printed);

        Assert.Equal(0, await app.StopAsync());
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, int number, List<string> acknowledged)
    {
        var line = $"line {number} ";
        using var content = new StringContent(line.PadRight(LineLength, 'x'));
        using var response = await client.PostAsync(new Uri("api/ingest/input-topic", UriKind.Relative), content, TestContext.Current.CancellationToken);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            acknowledged.Add(line);
        }

        return response.StatusCode;
    }

    /// <summary>The beginnings of a topic's values.</summary>
    private async Task<List<string>> ReadAsync(string topic)
    {
        using var log = EmbeddedLog.Open(_folder.Data);
        await using var topics = new EmbeddedTopicClient(log);
        var lines = new List<string>();
        await foreach (var record in topics.ReadAsync(new ReadRequest(topic) { FromBeginning = true, Follow = false }, TestContext.Current.CancellationToken))
        {
            lines.Add(System.Text.Encoding.UTF8.GetString(record.Value!).TrimEnd('x'));
        }

        return lines;
    }
}
