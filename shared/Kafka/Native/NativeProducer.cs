using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using KafkaFunctions.Streams.Records;
using static KafkaFunctions.Kafka.Native.LibrdKafka;

namespace KafkaFunctions.Kafka.Native;

/// <summary>One producer instance of librdkafka. Producing is safe for concurrent use; one thread polls, and destroys it when no
/// other thread is inside any more.</summary>
internal sealed unsafe class NativeProducer
{
    /// <summary>RD_KAFKA_PARTITION_UA: librdkafka's partitioner chooses.</summary>
    public const int AnyPartition = -1;

    private const int ErrorTextSize = 512;
    private const int MessagesPerLook = 256;
    private const int MostArguments = 8;
    private const int HeaderNameOnStack = 256;

    private static readonly byte[] IdentityName = Encoding.UTF8.GetBytes(HeaderNames.Identity);

    private readonly Dictionary<string, nint> _topics = new(StringComparer.Ordinal);
    private readonly nint _client;
    private readonly nint _queue;

    /// <exception cref="KafkaSettingsException">librdkafka refuses the configuration.</exception>
    public NativeProducer(ProducerConfig config)
    {
        var handle = rd_kafka_conf_new();
        var error = stackalloc byte[ErrorTextSize];
        foreach (var (name, value) in config)
        {
            Set(handle, name, value, error);
        }

        // Log lines come as events too: librdkafka calls back from its own threads otherwise.
        Set(handle, "log.queue", "true", error);
        rd_kafka_conf_set_events(handle, EventDelivery | EventError | EventLog | EventTokenRefresh);
        _client = rd_kafka_new(Producer, handle, error, ErrorTextSize);
        if (_client == 0)
        {
            rd_kafka_conf_destroy(handle);
            throw new KafkaSettingsException($"The Kafka client refuses the settings: {Text(error)}");
        }

        Name = Text(rd_kafka_name(_client));
        _ = rd_kafka_set_log_queue(_client, 0);
        _queue = rd_kafka_queue_get_main(_client);
    }

    /// <summary>librdkafka's name for the instance.</summary>
    public string Name { get; }

    /// <summary>The topic's handle; lives as long as the producer.</summary>
    /// <exception cref="KafkaException">librdkafka refuses the name.</exception>
    public nint Topic(string name)
    {
        lock (_topics)
        {
            if (!_topics.TryGetValue(name, out var topic))
            {
                topic = rd_kafka_topic_new(_client, name, 0);
                _topics[name] = topic != 0 ? topic : throw new KafkaException((ErrorCode)rd_kafka_last_error());
            }

            return topic;
        }
    }

    /// <summary>Queues a record. Its bytes are copied.</summary>
    /// <param name="topic">From <see cref="Topic"/>.</param>
    /// <param name="partition">The partition, or <see cref="AnyPartition"/>.</param>
    /// <param name="record">The record.</param>
    /// <param name="opaque">Comes back with the delivery report.</param>
    /// <param name="reason">librdkafka's words where the result is an error.</param>
    [SkipLocalsInit]
    public ErrorCode Produce(nint topic, int partition, OutputRecord record, nint opaque, out string? reason)
    {
        var arguments = stackalloc ProduceArgument[MostArguments];
        var count = 0;
        var headers = HeadersOf(record);

        // A pointer to nothing would be a null key or value; an empty one needs an address.
        byte empty;
        fixed (byte* key = record.Key, value = record.Value)
        {
            arguments[count++] = ProduceArgument.Topic(topic);
            arguments[count++] = ProduceArgument.Partition(partition);
            arguments[count++] = ProduceArgument.Flags(CopyPayload);
            arguments[count++] = ProduceArgument.Opaque(opaque);
            if (record.Value is not null)
            {
                arguments[count++] = ProduceArgument.Value(value is null ? &empty : value, record.Value.Length);
            }

            if (record.Key is not null)
            {
                arguments[count++] = ProduceArgument.Key(key is null ? &empty : key, record.Key.Length);
            }

            if (record.Timestamp != InputRecord.NoTimestamp)
            {
                // librdkafka takes 0 for "now"; one millisecond off is nearer to what was asked for.
                arguments[count++] = ProduceArgument.Timestamp(record.Timestamp == 0 ? 1 : record.Timestamp);
            }

            if (headers != 0)
            {
                arguments[count++] = ProduceArgument.Headers(headers);
            }

            var error = rd_kafka_produceva(_client, arguments, count);
            reason = null;
            return error == 0 ? ErrorCode.NoError : Failed(error, headers, out reason);
        }
    }

    /// <summary>Waits for the next event and tells it.</summary>
    /// <returns>False where none came in time.</returns>
    public bool Poll(int timeoutMs, INativeProducerEvents events)
    {
        var polled = rd_kafka_queue_poll(_queue, timeoutMs);
        if (polled == 0)
        {
            return false;
        }

        switch (rd_kafka_event_type(polled))
        {
            case EventDelivery:
                TellDeliveries(polled, events);
                break;
            case EventError:
                events.OnError(
                    (ErrorCode)rd_kafka_event_error(polled), Text(rd_kafka_event_error_string(polled)), rd_kafka_event_error_is_fatal(polled) != 0);
                break;
            case EventLog:
                byte* facility, line;
                int level;
                if (rd_kafka_event_log(polled, &facility, &line, &level) == 0)
                {
                    events.OnLog(level, Name, Text(facility), Text(line));
                }

                break;
            case EventTokenRefresh:
                events.OnTokenWanted();
                break;
        }

        rd_kafka_event_destroy(polled);
        return true;
    }

    /// <summary>Gives the client an OAUTHBEARER token.</summary>
    public void SetToken(string token, long expiresMs, string principal)
    {
        var error = stackalloc byte[ErrorTextSize];
        if (rd_kafka_oauthbearer_set_token(_client, token, expiresMs, principal, 0, 0, error, ErrorTextSize) != 0)
        {
            SetTokenFailure(Text(error));
        }
    }

    /// <summary>Tells the client that there is no token; it asks again later.</summary>
    public void SetTokenFailure(string reason) => _ = rd_kafka_oauthbearer_set_token_failure(_client, reason);

    /// <summary>Drops every record that is queued or on its way.</summary>
    public void Purge() => _ = rd_kafka_purge(_client, PurgeAll);

    /// <summary>Ends the instance. No other thread may be inside, or come in, any more.</summary>
    public void Destroy()
    {
        foreach (var topic in _topics.Values)
        {
            rd_kafka_topic_destroy(topic);
        }

        rd_kafka_queue_destroy(_queue);
        rd_kafka_destroy(_client);
    }

    private static void Set(nint config, string name, string value, byte* error)
    {
        if (rd_kafka_conf_set(config, name, value, error, ErrorTextSize) != ConfigOk)
        {
            rd_kafka_conf_destroy(config);
            throw new KafkaSettingsException($"The Kafka client refuses the settings: {Text(error)}");
        }
    }

    [SkipLocalsInit]
    private static nint HeadersOf(OutputRecord record)
    {
        var own = record.Headers;
        if (own.Length == 0 && record.Identity is null)
        {
            return 0;
        }

        var headers = rd_kafka_headers_new(own.Length + 1);
        var buffer = stackalloc byte[HeaderNameOnStack];
        foreach (var header in own)
        {
            var size = Encoding.UTF8.GetMaxByteCount(header.Key.Length);
            var name = size <= HeaderNameOnStack ? new Span<byte>(buffer, HeaderNameOnStack) : new byte[size];
            Add(headers, name[..Encoding.UTF8.GetBytes(header.Key, name)], header.Value);
        }

        // The platform's header is the last, and readers take the last.
        if (record.Identity is not null)
        {
            Add(headers, IdentityName, record.Identity);
        }

        return headers;
    }

    private static void Add(nint headers, ReadOnlySpan<byte> name, byte[]? value)
    {
        byte empty;
        fixed (byte* nameStart = name, valueStart = value)
        {
            _ = rd_kafka_header_add(
                headers,
                nameStart is null ? &empty : nameStart,
                name.Length,
                value is null ? null : valueStart is null ? &empty : valueStart,
                value?.Length ?? 0);
        }
    }

    private static ErrorCode Failed(nint error, nint headers, out string reason)
    {
        var code = (ErrorCode)rd_kafka_error_code(error);
        reason = code == ErrorCode.Local_QueueFull ? "" : Text(rd_kafka_error_string(error));
        rd_kafka_error_destroy(error);
        if (headers != 0)
        {
            rd_kafka_headers_destroy(headers);
        }

        return code;
    }

    private static void TellDeliveries(nint polled, INativeProducerEvents events)
    {
        var messages = stackalloc NativeMessage*[MessagesPerLook];
        nint count;
        while ((count = rd_kafka_event_message_array(polled, messages, MessagesPerLook)) > 0)
        {
            for (var i = 0; i < count; i++)
            {
                var message = messages[i];
                if (message->Error == 0)
                {
                    events.OnDelivered(message->Opaque, message->Partition, message->Offset);
                }
                else
                {
                    var reason = rd_kafka_message_produce_errstr(message);
                    events.OnRefused(
                        Text(rd_kafka_topic_name(message->Topic)),
                        (ErrorCode)message->Error,
                        Text(reason is null ? rd_kafka_err2str(message->Error) : reason));
                }
            }
        }
    }

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
