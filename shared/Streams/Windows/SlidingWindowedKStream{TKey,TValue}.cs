using System.Diagnostics.CodeAnalysis;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Tables;

namespace KafkaFunctions.Streams.Windows;

[SuppressMessage("Naming", "CA1711", Justification = "The name that Kafka Streams gave it.")]
internal sealed class SlidingWindowedKStream<TKey, TValue>(Windowing<TKey, TValue> windowing, SlidingWindows windows) : WindowedKStream<TKey, TValue>(windowing)
{
    private protected override WindowedKStream<TKey, TValue> With(Windowing<TKey, TValue> windowing) => new SlidingWindowedKStream<TKey, TValue>(windowing, windows);

    private protected override KTable<Windowed<TKey>, TState> Add<TState>(
        string store, string kind, Func<TKey, TValue, TState> first, Func<TKey, TValue, TState, TState> aggregator, ISerde<TState> state) =>
        Windowing.Add(
            store,
            WindowedKind.Of(kind, $"sliding windows of {windows.DifferenceMilliseconds} ms"),
            new SlidingOperator<TKey, TValue, TState>(windows, Windowing.Key, first, aggregator, state),
            needsValue: true);
}
