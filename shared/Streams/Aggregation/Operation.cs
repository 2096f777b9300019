using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>What a record does to a key's row.</summary>
/// <param name="Key">The key.</param>
/// <param name="Row">The row, by its number in the batch.</param>
/// <param name="RowKey">The row's key.</param>
/// <param name="Value">What is applied.</param>
/// <param name="Timestamp">Event time.</param>
/// <param name="Headers">Headers that an emission passes on.</param>
/// <param name="Input">Index of the record in the batch.</param>
/// <param name="Ordinal">Its place among the operations of the record.</param>
internal readonly record struct Operation<TKey, TValue>(
    TKey Key, int Row, StateKey RowKey, TValue Value, long Timestamp, RecordHeader[]? Headers, int Input, int Ordinal);
