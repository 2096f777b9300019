using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Processing;

// The operators with state. A function has one of them; further ones follow behind a topic.
public sealed partial class KStream<TKey, TValue>
{
    /// <summary>Takes records together by their key, to aggregate them.</summary>
    /// <param name="key">How keys are stored.</param>
    public KGroupedStream<TKey, TValue> GroupByKey(ISerde<TKey> key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new KGroupedStream<TKey, TValue>(_processor, _output, key, _hasNewKeys);
    }

    /// <summary>Takes records together by a key of their own making, to aggregate them. No topic is needed in between: any instance
    /// can write any key. The updates carry the header <c>kf-version</c>.</summary>
    /// <param name="selector">The key of a record; where it is null, the record is ignored and counted.</param>
    /// <param name="key">How keys are stored.</param>
    public KGroupedStream<TGroup, TValue> GroupBy<TGroup>(Func<TKey, TValue, TGroup> selector, ISerde<TGroup> key) =>
        SelectKey(selector).GroupByKey(key);
}
