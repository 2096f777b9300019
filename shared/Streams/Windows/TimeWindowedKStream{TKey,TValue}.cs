using System.Diagnostics.CodeAnalysis;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Tables;

namespace KafkaFunctions.Streams.Windows;

[SuppressMessage("Naming", "CA1711", Justification = "The name that Kafka Streams gave it.")]
internal sealed class TimeWindowedKStream<TKey, TValue>(Windowing<TKey, TValue> windowing, TimeWindows windows) : WindowedKStream<TKey, TValue>(windowing)
{
    private protected override WindowedKStream<TKey, TValue> With(Windowing<TKey, TValue> windowing) => new TimeWindowedKStream<TKey, TValue>(windowing, windows);

    private protected override KTable<Windowed<TKey>, TState> Add<TState>(
        string store, string kind, Func<TKey, TValue, TState> first, Func<TKey, TValue, TState, TState> aggregator, ISerde<TState> state) =>
        Windowing.Add(
            store,
            WindowedKind.Of(kind, $"windows of {windows.SizeMilliseconds} ms every {windows.AdvanceMilliseconds} ms"),
            new TimeWindowOperator<TKey, TValue, TState>(windows, Windowing.Key, first, aggregator, state));
}
