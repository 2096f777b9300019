using System.Runtime.InteropServices;

namespace KafkaFunctions.Kafka.Native;

/// <summary><c>rd_kafka_message_t</c>, as it comes with a delivery report.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct DeliveredMessage
{
    public readonly int Error;
    public readonly nint Topic;
    public readonly int Partition;
    public readonly nint Payload;
    public readonly nint PayloadSize;
    public readonly nint Key;
    public readonly nint KeySize;
    public readonly long Offset;
    public readonly nint Opaque;
}
