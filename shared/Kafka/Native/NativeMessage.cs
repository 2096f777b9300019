using System.Runtime.InteropServices;

namespace KafkaFunctions.Kafka.Native;

/// <summary><c>rd_kafka_message_t</c>, as it comes with a delivery report or from a consumer's queue.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NativeMessage
{
    public readonly int Error;
    public readonly nint Topic;
    public readonly int Partition;
    public readonly nint Value;
    public readonly nint ValueSize;
    public readonly nint Key;
    public readonly nint KeySize;
    public readonly long Offset;
    public readonly nint Opaque;
}
