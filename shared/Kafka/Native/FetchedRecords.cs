using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using KafkaFunctions.Streams.Records;
using static KafkaFunctions.Kafka.Native.LibrdKafka;

namespace KafkaFunctions.Kafka.Native;

/// <summary>What a consumer of Confluent.Kafka has fetched already, taken in bulk: one call for hundreds of records, and no object
/// per record but its key and value. Rebalances are served as in <c>Consume</c>. One thread uses consumer and this; disposed
/// before the consumer is.</summary>
internal sealed unsafe class FetchedRecords : IDisposable
{
    /// <summary>Most records that one call of <see cref="Take"/> gives.</summary>
    public const int MostRecords = 512;

    private const int NoTimestamp = 0;

    private static readonly PropertyInfo HandleProperty =
        typeof(Handle).GetProperty("LibrdkafkaHandle", BindingFlags.Instance | BindingFlags.NonPublic)
        ?? throw new MissingMemberException("This version of Confluent.Kafka keeps librdkafka's handle elsewhere: pin the version that Directory.Packages.props names.");

    private readonly string _topic;
    private readonly SafeHandle _client;
    private readonly nint _queue;

    // Records of a topic mostly have the same headers in the same order: the name of each place, as it was last.
    private readonly List<(byte[] Bytes, string Name)> _names = [];

    public FetchedRecords(IClient consumer, string topic)
    {
        _topic = topic;
        _client = (SafeHandle)HandleProperty.GetValue(consumer.Handle)!;
        var added = false;
        _client.DangerousAddRef(ref added);
        _queue = rd_kafka_queue_get_consumer(_client.DangerousGetHandle());
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
        rd_kafka_queue_destroy(_queue);
        _client.DangerousRelease();
    }

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
