using KafkaFunctions.Streams.Joins.StreamJoins;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.State.Stores;
using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>Where records wait for the rows of their keys.</summary>
/// <param name="store">The store.</param>
/// <param name="kind">The operator's name, as the store knows it.</param>
/// <param name="isSecondStage">Whether it takes the changes of a table of the same function (design rule 4).</param>
/// <param name="key">How the rows' keys are written.</param>
/// <param name="operator">What is done to the rows.</param>
/// <param name="share">The function's part in a store that several write; null where the function alone does.</param>
internal sealed class KeyedBarrier<TKey, TValue>(
    string store, string kind, bool isSecondStage, ISerializer<TKey> key, StateOperator<TKey, TValue> @operator, StoreShare? share = null) : StateBarrier
{
    public override bool KeepsState => true;

    public override string Store => store;

    public override string Kind => kind;

    /// <summary>What kind of row it keeps (<see cref="RowKeys"/>).</summary>
    public byte RowKind { get; init; } = RowKeys.Value;

    public override bool HasValues => RowKind == RowKeys.Value;

    public override StoreShare? Share => share;

    public override IWindowOperator? Windows => @operator as IWindowOperator;

    public override IStreamJoin? StreamJoin => @operator as IStreamJoin;

    public override PayloadFormat KeyFormat => IPayloadFormat.Of(key);

    public override PayloadFormat ValueFormat => @operator.ValueFormat;

    public StateOperator<TKey, TValue> Operator => @operator;

    public override void CheckBeside(IReadOnlyList<StateBarrier> before)
    {
        if (share is not null && before.All(barrier => barrier.Share == share))
        {
            // The steps of one join.
            return;
        }

        if (before.Any(barrier => barrier.Store == store))
        {
            throw new InvalidOperationException($"Two operators cannot share store '{store}': name another one.");
        }

        if (share is null && before.FirstOrDefault(barrier => barrier.Share is not null) is { } join)
        {
            throw new InvalidOperationException(
                $"The results of {join.Kind} of '{join.Store}' come from two functions, and {kind} of '{store}' would see those of one. Write them to a topic, and go on in a function of its own.");
        }

        if (before.Count > (isSecondStage ? 1 : 0))
        {
            throw new InvalidOperationException(
                $"A function has one operator with state, and {kind} of '{store}' comes after {before[0].Kind} of '{before[0].Store}'. Write to a topic between the two, and make the second one a function of its own.");
        }
    }

    public override StateBarrierRun Start(BatchRun batch) => new KeyedRun<TKey, TValue>(this, batch);
}
