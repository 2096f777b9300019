using KafkaFunctions.Streams.Processing;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>Processes a record with the state of its key. Must depend on nothing else: a record may be applied to the same state
/// again after a failure.</summary>
/// <param name="key">The key.</param>
/// <param name="state">Its state; null, or the default of a value type, where it has none.</param>
/// <param name="record">The record.</param>
/// <param name="emitter">Takes what is emitted.</param>
/// <returns>The new state; null deletes it.</returns>
public delegate TState? StateProcess<TKey, TValue, TState, TOut>(TKey key, TState? state, Record<TKey, TValue> record, Emitter<TOut> emitter);
