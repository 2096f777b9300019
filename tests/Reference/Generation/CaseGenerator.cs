using CsCheck;
using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Specifications;

namespace KafkaFunctions.Reference.Generation;

/// <summary>Random cases of each operator.</summary>
public static class CaseGenerator
{
    /// <summary>The key of the last record, where there is one that is much later.</summary>
    public const string FlushKey = "flush";

    private const long LongHistory = 1_000_000_000;
    private const long FlushAfter = 1_000_000;

    private static readonly Gen<AggregateKind> Aggregates = Gen.OneOf(AggregateKind.Count, AggregateKind.Sum, AggregateKind.Mix);
    private static readonly Gen<ResultMode> AllResults = Gen.OneOf(ResultMode.Updates, ResultMode.Final, ResultMode.Suppressed);
    private static readonly Gen<JoinKind> AllJoins = Gen.OneOf(JoinKind.Inner, JoinKind.Left, JoinKind.Outer);
    private static readonly Gen<JoinKind> LeftJoins = Gen.OneOf(JoinKind.Inner, JoinKind.Left);
    private static readonly Gen<long> Sizes = Gen.Long[1, 30];
    private static readonly Gen<long> Limits = Gen.Long[1, 60];
    private static readonly Gen<int> MaxRows = Gen.Int[1, 5];
    private static readonly Gen<long> Graces = Gen.Frequency((1, Gen.Const(0L)), (2, Gen.Long[0, 40]));

    /// <summary>Cases of all operators.</summary>
    public static Gen<Case> Any(GenerationOptions options) => Gen.OneOf<Case>(
        StreamAggregation(options),
        TableAggregation(options),
        Tumbling(options),
        Hopping(options),
        Sliding(options),
        Sessions(options),
        Held(Tumbling(options), hasMaxRows: true),
        Held(Hopping(options), hasMaxRows: true),
        Held(Sliding(options), hasMaxRows: true),
        Held(Sessions(options), hasMaxRows: true),
        StreamJoin(options),
        StreamTableJoin(options),
        VersionedStreamTableJoin(options),
        TableJoin(options),
        ForeignKeyJoin(options));

    public static Gen<Case> StreamAggregation(GenerationOptions options) =>
        Of(Aggregates.Select(aggregate => new StreamAggregation(aggregate)), options);

    public static Gen<Case> TableAggregation(GenerationOptions options) =>
        Of(Aggregates.Select(aggregate => new TableAggregation(aggregate)), options);

    public static Gen<Case> Tumbling(GenerationOptions options) => Of(
        Gen.Select(Sizes, Graces, Aggregates, AllResults, (size, grace, aggregate, results) =>
            new TimeWindowAggregation(size, size, grace, aggregate, results)),
        options);

    public static Gen<Case> Hopping(GenerationOptions options) => Of(
        Gen.Select(Sizes, Sizes, Graces, Aggregates, AllResults, (size, advance, grace, aggregate, results) =>
            new TimeWindowAggregation(size, Math.Min(size, advance), grace, aggregate, results)),
        options);

    public static Gen<Case> Sliding(GenerationOptions options) => Of(
        Gen.Select(Sizes, Graces, Aggregates, AllResults, (size, grace, aggregate, results) =>
            new SlidingWindowAggregation(size, grace, aggregate, results)),
        options);

    public static Gen<Case> Sessions(GenerationOptions options) => Of(
        Gen.Select(Sizes, Graces, Aggregates, AllResults, (gap, grace, aggregate, results) =>
            new SessionWindowAggregation(gap, grace, aggregate, results)),
        options);

    /// <summary>Cases of windows, with results that are held. Where there is a maximum, the last record is of another key and much later,
    /// so that nothing is held in the end of what went before.</summary>
    public static Gen<Case> Held(Gen<Case> windows, bool hasMaxRows) => Gen.Select(windows, Limits, MaxRows, (testCase, limit, rows) =>
    {
        var held = testCase with
        {
            Specification = (WindowAggregation)testCase.Specification with
            {
                Results = ResultMode.Limited,
                Limit = limit,
                MaxRows = hasMaxRows ? rows : WindowAggregation.AnyNumber,
            },
        };
        return hasMaxRows ? Flushed(held) : held;
    });

    /// <summary>The last record is of another key and much later, so that every unmatched record has been emitted.</summary>
    public static Gen<Case> StreamJoin(GenerationOptions options) => Of(
        Gen.Select(AllJoins, Gen.Long[0, 20], Gen.Long[0, 20], Graces, (join, before, after, grace) =>
            new StreamJoin(join, before, after, grace)),
        options).Select(Flushed);

    public static Gen<Case> StreamTableJoin(GenerationOptions options) =>
        Of(LeftJoins.Select(join => new StreamTableJoin(join, Versioned: false, LongHistory)), options);

    public static Gen<Case> VersionedStreamTableJoin(GenerationOptions options) =>
        Of(LeftJoins.Select(join => new StreamTableJoin(join, Versioned: true, LongHistory)), options);

    public static Gen<Case> TableJoin(GenerationOptions options) => Of(AllJoins.Select(join => new TableJoin(join)), options);

    public static Gen<Case> ForeignKeyJoin(GenerationOptions options) => Of(LeftJoins.Select(join => new ForeignKeyJoin(join)), options);

    private static Gen<Case> Of<T>(Gen<T> specifications, GenerationOptions options)
        where T : Specification => specifications.SelectMany(specification => RecordGenerator
            .Records(options, specification.HasTwoSides, HasNullValues(specification))
            .Select(records => new Case(specification, records)));

    /// <summary>A reducer is no place for nulls: Kafka Streams hands them to it.</summary>
    private static bool HasNullValues(Specification specification) => specification
        is not TimeWindowAggregation { Aggregate: AggregateKind.Sum } and not SessionWindowAggregation { Aggregate: AggregateKind.Sum };

    private static Case Flushed(Case testCase)
    {
        var highest = testCase.Records.Max(record => record.Timestamp);
        var flush = new InputRecord(Side.Left, 0, testCase.Records.Count, FlushKey, 0, Times.Add(highest, FlushAfter));
        return testCase with { Records = [.. testCase.Records, flush] };
    }
}
