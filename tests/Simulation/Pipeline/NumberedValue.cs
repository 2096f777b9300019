using System.Buffers.Binary;
using System.Globalization;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Simulation.Pipeline;

/// <summary>An event: the running number of a record within its key, and the record's value.</summary>
internal readonly record struct NumberedValue(long Number, long Value)
{
    /// <summary>The number of a record that was passed on without one.</summary>
    public const long None = -1;

    public static ISerde<NumberedValue> Serde { get; } = new TwoNumbers();

    public static IComparer<NumberedValue> ByNumber { get; } = Comparer<NumberedValue>.Create((left, right) => left.Number.CompareTo(right.Number));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}:{Value}");

    private sealed class TwoNumbers : ISerde<NumberedValue>
    {
        public NumberedValue Deserialize(byte[]? bytes) =>
            new(BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(sizeof(long))));

        public byte[] Serialize(NumberedValue value)
        {
            var bytes = new byte[2 * sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(bytes, value.Number);
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(sizeof(long)), value.Value);
            return bytes;
        }
    }
}
