using System.Runtime.InteropServices;

namespace KafkaFunctions.Kafka.Native;

/// <summary><c>rd_kafka_vu_t</c>: one argument of <c>rd_kafka_produceva</c>, on 64-bit systems.</summary>
[StructLayout(LayoutKind.Explicit, Size = 72)]
internal unsafe struct ProduceArgument
{
    [FieldOffset(0)]
    private int _type;

    [FieldOffset(8)]
    private nint _pointer;

    [FieldOffset(8)]
    private long _number;

    [FieldOffset(16)]
    private nint _size;

    public static ProduceArgument Topic(nint topic) => new() { _type = 2, _pointer = topic };

    public static ProduceArgument Partition(int partition) => new() { _type = 3, _number = (uint)partition };

    public static ProduceArgument Value(byte* value, int size) => new() { _type = 4, _pointer = (nint)value, _size = size };

    public static ProduceArgument Key(byte* key, int size) => new() { _type = 5, _pointer = (nint)key, _size = size };

    public static ProduceArgument Opaque(nint opaque) => new() { _type = 6, _pointer = opaque };

    public static ProduceArgument Flags(int flags) => new() { _type = 7, _number = (uint)flags };

    public static ProduceArgument Timestamp(long milliseconds) => new() { _type = 8, _number = milliseconds };

    public static ProduceArgument Headers(nint headers) => new() { _type = 10, _pointer = headers };
}
