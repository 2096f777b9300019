using CsCheck;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Tests.Processing;

/// <summary>Random chains of operators over random records, against the same chain in LINQ.</summary>
public sealed class KStreamPropertyTests
{
    private const string Odd = "odd";

    private static readonly Gen<InputRecord[]> Batches = Gen.Select(
            Gen.Int[-5, 5],
            Gen.Long[-100, 100],
            Gen.Bool,
            Gen.Int[0, 2],
            (key, value, hasIdentity, headers) => (Key: key, Value: value, HasIdentity: hasIdentity, Headers: headers))
        .Array[0, 30]
        .Select(records => records.Select((r, i) => TestRecords.Input(i * 2, r.Key, r.Value, Headers(r.HasIdentity, r.Headers))).ToArray());

    [Fact]
    public void Run_AnyChain_IsWhatLinqGives() =>
        Gen.Select(ModelSteps.Chain, Batches).Sample((chain, batch) =>
        {
            var result = ToTwoOutputs(chain).Run(batch);

            var expected = batch.SelectMany(input => Expected(chain, input)).ToArray();
            Assert.Equal(Where(expected, odd: false), result.ToArray().Select(Describe));
            Assert.Equal(Where(expected, odd: true), result.ToArray(Odd).Select(Describe));
            Assert.Equal(batch.Select(input => ExpectedOutcome(chain, input)), result.Outcomes.Select(outcome => outcome.Kind));
        });

    [Fact]
    public void Run_AnyPartAgain_GivesTheSameOutputsWithTheSameOrigins() =>
        Gen.Select(ModelSteps.Chain, Batches, Gen.Int[0, 30], Gen.Int[0, 30]).Sample((chain, batch, from, count) =>
        {
            var processor = ToTwoOutputs(chain);
            var part = batch.Skip(from).Take(count).ToArray();
            var offsets = part.Select(input => input.Offset).ToHashSet();

            var whole = processor.Run(batch);
            var again = processor.Run(part);

            foreach (var output in processor.Outputs)
            {
                Assert.Equal(
                    whole[output].Where(record => offsets.Contains(record.Origin!.Value.Offset)).Select(Describe),
                    again[output].Select(Describe));
            }
        });

    private static StreamProcessor ToTwoOutputs(ModelStep chain) => chain.Build(KStream.From(Serdes.Int32, Serdes.Int64)).Split()
        .Branch((_, v) => v % 2 != 0, stream => stream.To(Serdes.Int32, Serdes.Int64, Odd))
        .Default(stream => stream.To(Serdes.Int32, Serdes.Int64));

    private static IEnumerable<(ModelRecord Record, RecordOrigin Origin)> Expected(ModelStep chain, InputRecord input)
    {
        PlatformHeaders.Without(input.Headers, out var upstream);
        try
        {
            return [.. chain.Reference(ModelRecord.Of(input)).Select((record, i) =>
                (record, new RecordOrigin(input.Partition, input.Offset, i, upstream)))];
        }
        catch (FormatException)
        {
            return [];
        }
    }

    private static RecordOutcomeKind ExpectedOutcome(ModelStep chain, InputRecord input)
    {
        try
        {
            return chain.Reference(ModelRecord.Of(input)).ToArray().Length == 0
                ? RecordOutcomeKind.Dropped
                : RecordOutcomeKind.Processed;
        }
        catch (FormatException)
        {
            return RecordOutcomeKind.Poison;
        }
    }

    private static IEnumerable<(ModelRecord Record, RecordOrigin Origin)> Where(
        IEnumerable<(ModelRecord Record, RecordOrigin Origin)> expected,
        bool odd) => expected.Where(output => output.Record.Value % 2 != 0 == odd);

    private static (ModelRecord Record, RecordOrigin Origin) Describe(OutputRecord output) =>
        (ModelRecord.Of(output), output.Origin!.Value);

    private static RecordHeader[] Headers(bool hasIdentity, int count)
    {
        var headers = Enumerable.Range(0, count).Select(i => RecordHeader.FromText("h", $"{i}"));
        return hasIdentity ? [.. headers, new RecordHeader(HeaderNames.Identity, [1, 2])] : [.. headers];
    }
}
