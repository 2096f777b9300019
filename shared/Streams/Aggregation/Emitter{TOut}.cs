using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>Takes what a stateful process emits for a record. Use it only during the call it was given to.</summary>
/// <typeparam name="TOut">Type of what is emitted.</typeparam>
public readonly ref struct Emitter<TOut>
{
    private readonly ISerializer<TOut> _serializer;
    private readonly List<OwnEmission> _emissions;
    private readonly long _timestamp;

    internal Emitter(ISerializer<TOut> serializer, List<OwnEmission> emissions, long timestamp)
    {
        _serializer = serializer;
        _emissions = emissions;
        _timestamp = timestamp;
    }

    /// <summary>Emits a value under the record's key, with its event time and headers.</summary>
    public void Emit(TOut value) => Emit(value, _timestamp);

    /// <summary>Emits a value under the record's key, with an event time of its own.</summary>
    /// <param name="value">The value.</param>
    /// <param name="timestamp">Milliseconds since 1970-01-01 UTC.</param>
    public void Emit(TOut value, long timestamp) => _emissions.Add(new OwnEmission(_serializer.Serialize(value), timestamp));
}
