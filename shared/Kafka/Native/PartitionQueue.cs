using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using KafkaFunctions.Streams.Records;
using static KafkaFunctions.Kafka.Native.LibrdKafka;

namespace KafkaFunctions.Kafka.Native;

/// <summary>What a consumer of Confluent.Kafka has fetched of one partition, taken in bulk: one call for hundreds of records, and no
/// object per record but its key and value. What is not taken stays in the client's memory, where the garbage collector does not see
/// it, and the client fetches no more of the partition when there is enough.</summary>
/// <remarks>Made before the consumer is assigned the partition, whose records then no longer come by its <c>Consume</c>; disposed
/// before the consumer is. One thread at a time uses it.</remarks>
internal sealed unsafe class PartitionQueue : IDisposable
{
    /// <summary>Most records that one call of <see cref="Take"/> gives.</summary>
    public const int MostRecords = 512;

    private const int NoTimestamp = 0;

    private static readonly PropertyInfo HandleProperty =
        typeof(Handle).GetProperty("LibrdkafkaHandle", BindingFlags.Instance | BindingFlags.NonPublic)
        ?? throw new MissingMemberException("This version of Confluent.Kafka keeps librdkafka's handle elsewhere: pin the version that Directory.Packages.props names.");

    private readonly string _topic;
    private readonly SafeHandle _client;
    private readonly GCHandle _arrived;
    private readonly nint _queue;

    // Records of a topic mostly have the same headers in the same order: the name of each place, as it was last.
    private readonly List<(byte[] Bytes, string Name)> _names = [];

    /// <param name="consumer">The consumer.</param>
    /// <param name="topic">Its topic.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="arrived">Called when there is something where there was nothing, by a thread of the client that must go on at once.</param>
    public PartitionQueue(IClient consumer, string topic, int partition, Action arrived)
    {
        _topic = topic;
        _client = (SafeHandle)HandleProperty.GetValue(consumer.Handle)!;
        var added = false;
        _client.DangerousAddRef(ref added);
        _queue = rd_kafka_queue_get_partition(_client.DangerousGetHandle(), topic, partition);
        _arrived = GCHandle.Alloc(arrived);
        rd_kafka_queue_forward(_queue, 0);
        rd_kafka_queue_cb_event_enable(_queue, &OnArrived, GCHandle.ToIntPtr(_arrived));
    }

    /// <summary>Takes what is there, without waiting.</summary>
    /// <param name="most">Most records, up to <see cref="MostRecords"/>.</param>
    /// <param name="events">Takes them.</param>
    /// <returns>How many records and errors there were; fewer than <paramref name="most"/>: there is no more for now.</returns>
    [SkipLocalsInit]
    public int Take(int most, INativeConsumerEvents events)
    {
        var messages = stackalloc NativeMessage*[MostRecords];
        var count = (int)rd_kafka_consume_batch_queue(_queue, 0, messages, most);
        for (var i = 0; i < count; i++)
        {
            var message = messages[i];
            if (message->Error == 0)
            {
                events.OnRecord(Read(message));
            }
            else
            {
                events.OnError((ErrorCode)message->Error, Text(rd_kafka_message_errstr(message)));
            }

            rd_kafka_message_destroy(message);
        }

        return count;
    }

    public void Dispose()
    {
        rd_kafka_queue_cb_event_enable(_queue, null, 0);
        _arrived.Free();
        rd_kafka_queue_destroy(_queue);
        _client.DangerousRelease();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnArrived(nint client, nint arrived) => ((Action)GCHandle.FromIntPtr(arrived).Target!)();

    private InputRecord Read(NativeMessage* message)
    {
        int type;
        var timestamp = rd_kafka_message_timestamp(message, &type);
        return new InputRecord(
            _topic,
            message->Partition,
            message->Offset,
            Bytes(message->Key, message->KeySize),
            Bytes(message->Value, message->ValueSize),
            type == NoTimestamp ? InputRecord.NoTimestamp : timestamp,
            Headers(message));
    }

    private RecordHeader[] Headers(NativeMessage* message)
    {
        nint headers;
        if (rd_kafka_message_headers(message, &headers) != 0)
        {
            return [];
        }

        var read = new RecordHeader[(int)rd_kafka_header_cnt(headers)];
        for (var i = 0; i < read.Length; i++)
        {
            byte* name, value;
            nint size;
            _ = rd_kafka_header_get_all(headers, i, &name, &value, &size);
            read[i] = new RecordHeader(Name(i, MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name)), Bytes((nint)value, size));
        }

        return read;
    }

    private string Name(int index, ReadOnlySpan<byte> name)
    {
        if (index < _names.Count && name.SequenceEqual(_names[index].Bytes))
        {
            return _names[index].Name;
        }

        var text = Encoding.UTF8.GetString(name);
        if (index < _names.Count)
        {
            _names[index] = (name.ToArray(), text);
        }
        else if (index == _names.Count)
        {
            _names.Add((name.ToArray(), text));
        }

        return text;
    }

    private static byte[]? Bytes(nint start, nint size) => start == 0 ? null : new ReadOnlySpan<byte>((void*)start, (int)size).ToArray();

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
