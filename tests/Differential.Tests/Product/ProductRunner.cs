using System.Globalization;
using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Specifications;
using KafkaFunctions.Streams.Identity;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.InMemory;

namespace KafkaFunctions.Differential.Tests.Product;

/// <summary>Runs cases on the product's operators, over a store in memory. Batches are of one partition, as a trigger's are.</summary>
/// <param name="folds">Whether batches are folded.</param>
/// <param name="seed">Cuts the records into batches, and decides when the instance is lost and a batch is run again; null for batches of
/// one record and no such trouble.</param>
internal sealed class ProductRunner(bool folds, int? seed) : ICaseRunner
{
    private const int LongestBatch = 6;

    /// <summary>Headers of late records, by the index of the record.</summary>
    public Dictionary<int, long> Late { get; } = [];

    public CaseResult Run(Case testCase) => RunAsync(testCase).GetAwaiter().GetResult();

    private async Task<CaseResult> RunAsync(Case testCase)
    {
        Late.Clear();
        var random = seed is { } value ? new Random(value) : null;
        var steps = testCase.Records.Select(_ => new List<Update>()).ToList();
        var functions = ProductTopology.FunctionsOf(testCase.Specification);
        await using var storage = new InMemoryStateStorage();
        var state = new StateRuntime(storage, "case");
        var rejected = new SortedSet<int>();
        var published = new Dictionary<string, long[]>();
        for (var from = 0; from < testCase.Records.Count;)
        {
            var count = random?.Next(1, LongestBatch + 1) ?? 1;
            var batch = Enumerable.Range(from, testCase.Records.Count - from)
                .TakeWhile(input => input < from + count && SourceOf(testCase.Records[input]) == SourceOf(testCase.Records[from]))
                .ToList();
            from += batch.Count;
            for (var again = random?.Next(3) ?? 0; again > 0; again--)
            {
                // The instance is lost at some point before the batch is done.
                await RunAsync(batch, random!.Next(4), isLost: true).ConfigureAwait(false);
                state = new StateRuntime(storage, "case");
            }

            await RunAsync(batch, int.MaxValue, isLost: false).ConfigureAwait(false);
        }

        return new CaseResult { Steps = [.. steps], State = null, Rejected = [.. rejected] };

        async Task RunAsync(List<int> batch, int stages, bool isLost)
        {
            var function = functions[testCase.Records[batch[0]].Side];
            var result = await function.Processor.RunAsync(
                batch, input => Read(testCase.Records[input], function.Topic), state, function.Function, new StreamRunOptions { FoldBatch = folds }).ConfigureAwait(false);
            if (stages-- <= 0)
            {
                return;
            }

            for (var i = 0; i < batch.Count; i++)
            {
                if (result.Outcomes[i].Kind == RecordOutcomeKind.Poison)
                {
                    rejected.Add(batch[i]);
                }
            }

            Publish(result, batch, function);
            while (stages-- > 0 && result.Completion is not null && await result.Completion.LookAgainAsync().ConfigureAwait(false) is { } again)
            {
                Publish(again, batch, function);
            }

            while (stages-- > 0 && result.Completion is not null && await result.Completion.DrainAsync().ConfigureAwait(false) is { } finals)
            {
                Publish(finals, batch, function);
            }

            if (!isLost && result.Completion is { } completion)
            {
                await completion.CommitAsync().ConfigureAwait(false);
            }
        }

        void Publish(StreamResult result, List<int> batch, ProductFunction function)
        {
            foreach (var output in result.Outputs.Contains(StreamProcessor.ReturnOutput) ? result[StreamProcessor.ReturnOutput] : [])
            {
                if (IsNew(output, function))
                {
                    steps[StepOf(output, batch)].Add(UpdateOf(testCase.Specification, output));
                }
            }

            if (result.Outputs.Contains(ProductTopology.Late))
            {
                foreach (var output in result[ProductTopology.Late])
                {
                    Late[StepOf(output, batch)] = long.Parse(output.Headers.Single(header => header.Key == HeaderNames.LateBy).ValueAsText!, CultureInfo.InvariantCulture);
                }
            }
        }

        // What a consumer does that knows the identities: of a path, only what is behind all that came before.
        bool IsNew(OutputRecord output, ProductFunction function)
        {
            if (output.Origin is not { } origin)
            {
                return true;
            }

            var path = string.Create(CultureInfo.InvariantCulture, $"{origin.ResultOf ?? function.Name}:{origin.ResultOf is not null}:{origin.Partition}");
            long[] sequence = [origin.Offset, origin.Index];
            if (published.TryGetValue(path, out var last) && RecordIdentity.CompareSequences(sequence, last) <= 0)
            {
                return false;
            }

            published[path] = sequence;
            return true;
        }

        int StepOf(OutputRecord output, List<int> batch) => output.Origin is { ResultOf: null } origin
            ? batch.Find(input => testCase.Records[input].Offset == origin.Offset && testCase.Records[input].Partition == origin.Partition)
            : batch[^1];
    }

    private static (Side Side, int Partition) SourceOf(Reference.Cases.InputRecord record) => (record.Side, record.Partition);

    private static KafkaFunctions.Streams.Records.InputRecord Read(Reference.Cases.InputRecord record, string topic) => new(
        topic, record.Partition, record.Offset, Serdes.Utf8.Serialize(record.Key), record.Value is { } value ? Serdes.Int64.Serialize(value) : null, record.Timestamp, []);

    private static Update UpdateOf(Specification specification, OutputRecord output)
    {
        if (specification.HasTwoSides)
        {
            return new Update(Serdes.Utf8.Deserialize(output.Key), null, null, Serdes.Utf8.Deserialize(output.Value), output.Timestamp);
        }

        var value = output.Value is null ? null : Serdes.Int64.Deserialize(output.Value).ToString(CultureInfo.InvariantCulture);
        if (specification is StreamAggregation or TableAggregation)
        {
            return new Update(Serdes.Utf8.Deserialize(output.Key), null, null, value, output.Timestamp);
        }

        var windowed = Serdes.SessionWindowed(Serdes.Utf8).Deserialize(output.Key);
        return new Update(windowed.Key, windowed.Window.Start, windowed.Window.End, value, output.Timestamp);
    }
}
