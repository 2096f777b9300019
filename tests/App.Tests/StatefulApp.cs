using System.Text.Json;
using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.InMemory;
using static KafkaFunctions.App.Tests.TestRecords;

namespace KafkaFunctions.App.Tests;

/// <summary>A function with state on a storage in memory: runs batches of a partition, as a host would, and keeps what is published.</summary>
internal sealed class StatefulApp(StreamProcessor processor) : IAsyncDisposable
{
    private readonly InMemoryStateStorage _storage = new();
    private readonly Dictionary<string, List<OutputRecord>> _published = [];
    private StateRuntime? _runtime;
    private long _offset;

    /// <summary>Errors of the records that are dead letters.</summary>
    public List<Exception> DeadLetters { get; } = [];

    /// <summary>Runs a batch of records: key, value, event time.</summary>
    public async Task RunAsync(params (string? Key, string? Value, long Timestamp)[] records)
    {
        var batch = records.Select(record => new InputRecord("input", 0, _offset++, Bytes(record.Key), Bytes(record.Value), record.Timestamp, [])).ToList();
        _runtime ??= new StateRuntime(_storage, "app");
        var result = await processor.RunAsync(
            batch, record => record, _runtime, new StreamFunction("F", HonouredIdentities.None), cancellationToken: TestContext.Current.CancellationToken);
        DeadLetters.AddRange(result.Outcomes.Select(outcome => outcome.Error).OfType<Exception>());
        Publish(result);
        while (await result.Completion!.DrainAsync(TestContext.Current.CancellationToken) is { } results)
        {
            Publish(results);
        }

        await result.Completion!.CommitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What was published to an output so far: key and value.</summary>
    public List<(string? Key, string? Value)> Published(string output = StreamProcessor.ReturnOutput) =>
        [.. Records(output).Select(record => (Text(record.Key), Text(record.Value)))];

    /// <summary>The records that were published to an output so far.</summary>
    public List<OutputRecord> Records(string output = StreamProcessor.ReturnOutput) => _published.GetValueOrDefault(output) ?? [];

    /// <summary>The last value of each key; keys that were deleted are not there.</summary>
    public Dictionary<string, JsonElement> Table(string output = StreamProcessor.ReturnOutput) => Records(output)
        .GroupBy(record => Text(record.Key)!)
        .Select(records => (records.Key, records.Last().Value))
        .Where(record => record.Value is not null)
        .ToDictionary(record => record.Key, record => JsonElement.Parse(record.Value!));

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    private static byte[]? Bytes(string? text) => text is null ? null : Utf8(text);

    private void Publish(StreamResult result)
    {
        foreach (var output in result.Outputs)
        {
            if (!_published.TryGetValue(output, out var records))
            {
                _published[output] = records = [];
            }

            records.AddRange(result[output]);
        }
    }
}
