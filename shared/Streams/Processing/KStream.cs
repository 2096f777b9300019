using System.Diagnostics.CodeAnalysis;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Processing;

/// <summary>Starts streams.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "The name that Kafka Streams gave it.")]
public static class KStream
{
    /// <summary>The stream of a function's input records. End it with <c>To</c>, which gives the processor to run.</summary>
    /// <param name="key">How keys are read: a serde of <see cref="Serdes"/>, or your own.</param>
    /// <param name="value">How values are read.</param>
    public static KStream<TKey, TValue> From<TKey, TValue>(IDeserializer<TKey> key, IDeserializer<TValue> value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        var output = new Downstream<TKey, TValue>();
        return new(new StreamProcessor(new SourceNode<TKey, TValue>(key, value, output)), output, hasNewKeys: false);
    }
}
