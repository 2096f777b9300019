using System.Globalization;
using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Joins;
using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.InMemory;
using KafkaFunctions.TestSupport;

namespace KafkaFunctions.Differential.Tests.Product;

/// <summary>Runs cases of stream joins on the product's two functions, over one store in memory. A batch is of one side.</summary>
/// <param name="seed">Cuts the records into batches, and decides when the instances are lost and a batch is run again; null for batches of
/// one record and no such trouble.</param>
/// <param name="order">The order in which the partitions of both sides are read.</param>
internal sealed class StreamJoinRunner(int? seed, ReadOrder order = ReadOrder.AsGiven) : ICaseRunner
{
    private const string LeftFunction = "ReadLeft";
    private const string RightFunction = "ReadRight";
    private const int LongestBatch = 5;

    private readonly Dictionary<string, long[]> _published = [];
    private readonly SortedSet<int> _rejected = [];
    private Case _case = null!;
    private List<List<Update>> _steps = [];

    public CaseResult Run(Case testCase) => RunAsync(testCase).GetAwaiter().GetResult();

    private async Task<CaseResult> RunAsync(Case testCase)
    {
        _published.Clear();
        _rejected.Clear();
        _case = testCase;
        _steps = [.. testCase.Records.Select(_ => new List<Update>())];
        var random = seed is { } value ? new Random(value) : null;
        var processors = ProcessorsOf((Reference.Specifications.StreamJoin)testCase.Specification);
        await using var storage = new InMemoryStateStorage();
        await using var topics = new TopicEnds();
        var state = NewState();
        if (order == ReadOrder.Any)
        {
            Append(topics, testCase.Records.SkipLast(1));
        }

        foreach (var batch in order == ReadOrder.Any ? InAnyOrder(random!) : AsGiven(random))
        {
            var first = testCase.Records[batch[0]];
            Append(topics, batch.Select(input => testCase.Records[input]));
            for (var again = random?.Next(3) ?? 0; again > 0; again--)
            {
                await RunBatchAsync(processors[(int)first.Side], batch, state, random!.Next(3), isLost: true);
                state = NewState();
            }

            await RunBatchAsync(processors[(int)first.Side], batch, state, int.MaxValue, isLost: false);
        }

        return new CaseResult { Steps = [.. _steps], State = null, Rejected = [.. _rejected] };

        StateRuntime NewState() => new(storage, "case", time: order == ReadOrder.AsGiven || random!.Next(2) == 0 ? new HastyTime() : null, topics: topics);
    }

    private IEnumerable<List<int>> AsGiven(Random? random)
    {
        for (var from = 0; from < _case.Records.Count;)
        {
            var count = random?.Next(1, LongestBatch + 1) ?? 1;
            var first = _case.Records[from];
            var batch = Enumerable.Range(from, _case.Records.Count - from)
                .TakeWhile(input => input < from + count && _case.Records[input].Side == first.Side && _case.Records[input].Partition == first.Partition)
                .ToList();
            from += batch.Count;
            yield return batch;
        }
    }

    /// <summary>A partition is read for a while, or to its end, while the others stand still. The last record of all comes last.</summary>
    private IEnumerable<List<int>> InAnyOrder(Random random)
    {
        var last = _case.Records.Count - 1;
        var partitions = Enumerable.Range(0, last)
            .GroupBy(input => (_case.Records[input].Side, _case.Records[input].Partition))
            .Select(partition => new Queue<int>(partition))
            .ToList();
        while (partitions.Count > 0)
        {
            var partition = partitions[random.Next(partitions.Count)];
            for (var batches = random.Next(4) == 0 ? int.MaxValue : random.Next(1, 4); batches > 0 && partition.Count > 0; batches--)
            {
                yield return [.. Enumerable.Range(0, Math.Min(partition.Count, random.Next(1, LongestBatch + 1))).Select(_ => partition.Dequeue())];
            }

            partitions.RemoveAll(read => read.Count == 0);
        }

        yield return [last];
    }

    private static void Append(TopicEnds topics, IEnumerable<Reference.Cases.InputRecord> records)
    {
        foreach (var record in records)
        {
            topics[TopicOf(record.Side), record.Partition] = Math.Max(topics[TopicOf(record.Side), record.Partition], record.Offset + 1);
        }
    }

    private async Task RunBatchAsync(StreamProcessor processor, List<int> batch, StateRuntime state, int stages, bool isLost)
    {
        var function = _case.Records[batch[0]].Side == Side.Left ? LeftFunction : RightFunction;
        var result = await processor.RunAsync(
            batch,
            input => Read(_case.Records[input]),
            state,
            new StreamFunction(function, HonouredIdentities.None) { TopicOf = name => TopicOf(name == LeftFunction ? Side.Left : Side.Right) });
        if (stages-- <= 0)
        {
            return;
        }

        _rejected.UnionWith(batch.Where((_, i) => result.Outcomes[i].Kind == RecordOutcomeKind.Poison));
        Publish(result, batch, function);
        while (stages-- > 0 && await result.Completion!.DrainAsync() is { } results)
        {
            Publish(results, batch, function);
        }

        if (!isLost)
        {
            await result.Completion!.CommitAsync();
        }
    }

    private void Publish(StreamResult result, List<int> batch, string function)
    {
        foreach (var output in result[StreamProcessor.ReturnOutput])
        {
            var origin = output.Origin!.Value;
            var path = string.Create(CultureInfo.InvariantCulture, $"{origin.ResultOf ?? function}:{origin.ResultOf is not null}:{origin.Partition}");
            long[] sequence = [origin.Offset, origin.Index];
            if (_published.TryGetValue(path, out var last) && RecordIdentity.CompareSequences(sequence, last) <= 0)
            {
                continue;
            }

            _published[path] = sequence;
            var step = origin.ResultOf is null ? batch.Find(input => _case.Records[input].Offset == origin.Offset) : batch[^1];
            _steps[step].Add(new Update(Serdes.Utf8.Deserialize(output.Key), null, null, Serdes.Utf8.Deserialize(output.Value), output.Timestamp));
        }
    }

    private static StreamProcessor[] ProcessorsOf(Reference.Specifications.StreamJoin settings)
    {
        var windows = KafkaFunctions.Streams.Joins.JoinWindows.Of(TimeSpan.FromMilliseconds(settings.Before), TimeSpan.FromMilliseconds(settings.After)).WithGrace(TimeSpan.FromMilliseconds(settings.Grace));
        var value = Serdes.Nullable(Serdes.Int64);
        var join = settings.Join switch
        {
            Reference.Specifications.JoinKind.Inner => KafkaFunctions.Streams.Joins.StreamJoin.Inner("case-store", Serdes.Utf8, value, value, windows, Joined.Of, LeftFunction, RightFunction),
            Reference.Specifications.JoinKind.Left => KafkaFunctions.Streams.Joins.StreamJoin.Left("case-store", Serdes.Utf8, value, value, windows, Joined.Of, LeftFunction, RightFunction),
            _ => KafkaFunctions.Streams.Joins.StreamJoin.Outer("case-store", Serdes.Utf8, value, value, windows, Joined.Of, LeftFunction, RightFunction),
        };
        return
        [
            KStream.From(Serdes.Utf8, value).AsLeftOf(join).To(Serdes.Utf8, Serdes.Utf8),
            KStream.From(Serdes.Utf8, value).AsRightOf(join).To(Serdes.Utf8, Serdes.Utf8),
        ];
    }

    private static string TopicOf(Side side) => side == Side.Left ? "left" : "right";

    private static KafkaFunctions.Streams.Records.InputRecord Read(Reference.Cases.InputRecord record) => new(
        TopicOf(record.Side), record.Partition, record.Offset, Serdes.Utf8.Serialize(record.Key), record.Value is { } value ? Serdes.Int64.Serialize(value) : null, record.Timestamp, []);
}
