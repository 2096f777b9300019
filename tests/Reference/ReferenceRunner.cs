using KafkaFunctions.Reference.Cases;
using KafkaFunctions.Reference.Joins;
using KafkaFunctions.Reference.Specifications;
using KafkaFunctions.Reference.Tables;
using KafkaFunctions.Reference.Windows;

namespace KafkaFunctions.Reference;

/// <summary>Runs cases on the models. Aggregations of a stream have one model per partition, with a clock of its own; tables and joins
/// have one for all partitions.</summary>
public sealed class ReferenceRunner(ReferenceRules rules) : ICaseRunner
{
    public CaseResult Run(Case testCase)
    {
        var models = new Dictionary<int, Model>();
        var steps = testCase.Records.Select((record, input) => Process(testCase.Specification, record, input, models)).ToList();
        return new CaseResult
        {
            Steps = [.. steps.Select(step => step.Updates)],
            State = UpdateOrder.ByWindow(models.Values.SelectMany(model => model.State)),
            Late = [.. steps.SelectMany(step => step.Late)],
            Dropped = [.. Enumerable.Range(0, steps.Count).Where(input => steps[input].IsDropped)],
            DroppedCount = steps.Count(step => step.IsDropped) + steps.Sum(step => step.Late.Count),
            Rejected = [.. Enumerable.Range(0, steps.Count).Where(input => testCase.Records[input].Timestamp < 0)],
            OwnRules = [.. steps.SelectMany(step => step.OwnRules)],
        };
    }

    private Step Process(Specification specification, InputRecord record, int input, Dictionary<int, Model> models)
    {
        var step = new Step(input);
        if (record.Timestamp < 0)
        {
            step.Uses(OwnRule.NegativeTimestampRejected, record.Key);
            return step;
        }

        var partition = specification.HasTwoSides || specification is TableAggregation ? 0 : record.Partition;
        if (!models.TryGetValue(partition, out var model))
        {
            model = models[partition] = ModelOf(specification);
        }

        model.Process(record, step);
        return step;
    }

    private Model ModelOf(Specification specification) => specification switch
    {
        WindowAggregation { Results: ResultMode.Limited } settings =>
            new HeldResultModel(ModelOf(settings with { Results = ResultMode.Updates }), settings, rules),
        StreamAggregation settings => new StreamAggregationModel(settings),
        TableAggregation settings => new TableAggregationModel(settings, rules),
        TimeWindowAggregation settings => new TimeWindowModel(settings),
        SlidingWindowAggregation settings => new SlidingWindowModel(settings, rules),
        SessionWindowAggregation settings => new SessionWindowModel(settings, rules),
        StreamJoin settings => new StreamJoinModel(settings, rules),
        StreamTableJoin settings => new StreamTableJoinModel(settings, rules),
        TableJoin settings => new TableJoinModel(settings, rules),
        ForeignKeyJoin settings => new ForeignKeyJoinModel(settings, rules),
        _ => throw new ArgumentException($"There is no model of '{specification.Kind}'.", nameof(specification)),
    };
}
