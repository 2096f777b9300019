using System.Buffers.Binary;
using System.Globalization;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Simulation.Pipeline;

/// <summary>A result of a join: the numbers of two records, or of one that has no partner.</summary>
internal readonly record struct JoinedPair(long? Left, long? Right)
{
    private const long None = -1;

    public static ISerde<JoinedPair> Serde { get; } = new TwoNumbers();

    /// <summary>Joins, and asks now and then for the batch to be run again.</summary>
    public static JoinedPair Of(long? left, long? right)
    {
        _ = Service.Call(left ?? right ?? None);
        return new JoinedPair(left, right);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Left?.ToString(CultureInfo.InvariantCulture) ?? "-"}:{Right?.ToString(CultureInfo.InvariantCulture) ?? "-"}");

    private sealed class TwoNumbers : ISerde<JoinedPair>
    {
        public JoinedPair Deserialize(byte[]? bytes) => new(NumberAt(bytes, 0), NumberAt(bytes, sizeof(long)));

        public byte[] Serialize(JoinedPair value)
        {
            var bytes = new byte[2 * sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(bytes, value.Left ?? None);
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(sizeof(long)), value.Right ?? None);
            return bytes;
        }

        private static long? NumberAt(byte[]? bytes, int index) =>
            BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(index)) is var number and not None ? number : null;
    }
}
