using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Tables;

namespace KafkaFunctions.Streams.Windows;

/// <summary>What a windowed stream is built on, and what has been said of its results. Immutable.</summary>
internal sealed record Windowing<TKey, TValue>(StreamProcessor Processor, Downstream<TKey, TValue> Input, ISerde<TKey> Key)
{
    public bool EmitsFinal { get; init; }

    public string? LateOutput { get; init; }

    /// <summary>Adds an aggregation.</summary>
    /// <param name="store">Name of its store.</param>
    /// <param name="kind">What it is, windows included: a store keeps to it.</param>
    /// <param name="operator">The aggregation.</param>
    /// <param name="needsValue">Whether records without value are ignored.</param>
    /// <param name="canDelete">Whether results are taken back.</param>
    public KTable<Windowed<TKey>, TState> Add<TState>(
        string store, string kind, WindowOperator<TKey, TValue, TState> @operator, bool needsValue = false, bool canDelete = false)
    {
        var barrier = Processor.AddBarrier(new KeyedBarrier<TKey, Timed<TValue>>(store, kind, isSecondStage: false, Key, @operator));
        Input.Add(new WindowNode<TKey, TValue, TState>(@operator, Key, needsValue, barrier));
        @operator.LateOutput = LateOutput is null ? null : Processor.AddOutput(LateOutput);
        return EmitsFinal
            ? Finals()
            : new KTable<Windowed<TKey>, TState>(Processor, @operator.Updates, () => @operator.KeepsOld = true, canDelete, Suppress);

        KTable<Windowed<TKey>, TState> Suppress(Suppressed suppressed) => suppressed.Hold is { } hold ? Held(hold) : Finals();

        KTable<Windowed<TKey>, TState> Finals()
        {
            Processor.ThrowIfFrozen();
            @operator.HasFinals = true;
            return new KTable<Windowed<TKey>, TState>(Processor, @operator.Finals, static () => { }, canDelete: false, EmitsFinal ? Suppress : null);
        }

        KTable<Windowed<TKey>, TState> Held(HoldRules hold)
        {
            Processor.ThrowIfFrozen();
            if (EmitsFinal)
            {
                throw new InvalidOperationException("A final result comes once, and there is no later one to hold it for. Leave out EmitFinal, or Suppress until a time limit.");
            }

            if (@operator.Hold is { } other && other != hold)
            {
                throw new InvalidOperationException($"Results of store '{store}' are held for {other.Limit} ms already: an aggregation has one time limit. Suppress it once, and use the table that it gives several times.");
            }

            @operator.Hold = hold;
            return new KTable<Windowed<TKey>, TState>(Processor, @operator.Held, static () => { }, canDelete);
        }
    }
}
