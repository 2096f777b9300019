using System.Reflection;
using System.Runtime.InteropServices;

namespace KafkaFunctions.Kafka.Native;

/// <summary>The functions of librdkafka's C interface that publishing and reading in bulk need. Names and meanings: <c>rdkafka.h</c>.</summary>
/// <remarks>Confluent.Kafka brings and loads the library; its own producer makes about ten objects per record with a header and a
/// delivery report, and its consumer about six per record, which costs as much again as librdkafka's whole work.</remarks>
internal static unsafe partial class LibrdKafka
{
    /// <summary>RD_KAFKA_PRODUCER.</summary>
    public const int Producer = 0;

    /// <summary>RD_KAFKA_CONF_OK.</summary>
    public const int ConfigOk = 0;

    /// <summary>RD_KAFKA_MSG_F_COPY: the record's bytes are copied before the call returns.</summary>
    public const int CopyPayload = 2;

    /// <summary>RD_KAFKA_PURGE_F_QUEUE and RD_KAFKA_PURGE_F_INFLIGHT.</summary>
    public const int PurgeAll = 3;

    public const int EventDelivery = 0x1;
    public const int EventLog = 0x4;
    public const int EventError = 0x8;
    public const int EventTokenRefresh = 0x100;

    private const string Library = "librdkafka";

    // In the order in which Confluent.Kafka tries them; most Linux systems lack what the first needs (libsasl2.so.3).
    private static readonly string[] Builds = [Library, "alpine-librdkafka", "centos8-librdkafka"];

    // Every function is asked for by itself: a build that cannot be loaded would cost milliseconds for each of them.
    private static readonly Lazy<nint> Loaded = new(Load);

    static LibrdKafka()
    {
        if (!Environment.Is64BitProcess)
        {
            throw new PlatformNotSupportedException("Kafka needs a 64-bit process. Set the function app's platform to 64 Bit.");
        }

        NativeLibrary.SetDllImportResolver(typeof(LibrdKafka).Assembly, Resolve);
    }

    [LibraryImport(Library)]
    public static partial nint rd_kafka_conf_new();

    [LibraryImport(Library)]
    public static partial void rd_kafka_conf_destroy(nint config);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_conf_set(nint config, string name, string value, byte* error, nint errorSize);

    [LibraryImport(Library)]
    public static partial void rd_kafka_conf_set_events(nint config, int events);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_new(int type, nint config, byte* error, nint errorSize);

    [LibraryImport(Library)]
    public static partial int rd_kafka_set_log_queue(nint client, nint queue);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_queue_get_main(nint client);

    [LibraryImport(Library)]
    public static partial void rd_kafka_queue_destroy(nint queue);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint rd_kafka_topic_new(nint client, string topic, nint config);

    [LibraryImport(Library)]
    public static partial void rd_kafka_topic_destroy(nint topic);

    [LibraryImport(Library)]
    public static partial byte* rd_kafka_topic_name(nint topic);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_headers_new(nint count);

    [LibraryImport(Library)]
    public static partial void rd_kafka_headers_destroy(nint headers);

    [LibraryImport(Library)]
    public static partial int rd_kafka_header_add(nint headers, byte* name, nint nameSize, byte* value, nint valueSize);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_produceva(nint client, ProduceArgument* arguments, nint count);

    [LibraryImport(Library)]
    public static partial int rd_kafka_error_code(nint error);

    [LibraryImport(Library)]
    public static partial byte* rd_kafka_error_string(nint error);

    [LibraryImport(Library)]
    public static partial void rd_kafka_error_destroy(nint error);

    [LibraryImport(Library)]
    public static partial int rd_kafka_last_error();

    [LibraryImport(Library)]
    public static partial byte* rd_kafka_err2str(int error);

    [LibraryImport(Library)]
    public static partial byte* rd_kafka_message_produce_errstr(NativeMessage* message);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_queue_poll(nint queue, int timeoutMs);

    [LibraryImport(Library)]
    public static partial int rd_kafka_event_type(nint polled);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_event_message_array(nint polled, NativeMessage** messages, nint size);

    [LibraryImport(Library)]
    public static partial int rd_kafka_event_error(nint polled);

    [LibraryImport(Library)]
    public static partial byte* rd_kafka_event_error_string(nint polled);

    [LibraryImport(Library)]
    public static partial int rd_kafka_event_error_is_fatal(nint polled);

    [LibraryImport(Library)]
    public static partial int rd_kafka_event_log(nint polled, byte** facility, byte** line, int* level);

    [LibraryImport(Library)]
    public static partial void rd_kafka_event_destroy(nint polled);

    [LibraryImport(Library)]
    public static partial byte* rd_kafka_name(nint client);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_oauthbearer_set_token(
        nint client, string token, long expiresMs, string principal, nint extensions, nint extensionCount, byte* error, nint errorSize);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_oauthbearer_set_token_failure(nint client, string error);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_queue_get_consumer(nint client);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_consume_batch_queue(nint queue, int timeoutMs, NativeMessage** messages, nint size);

    [LibraryImport(Library)]
    public static partial long rd_kafka_message_timestamp(NativeMessage* message, int* type);

    [LibraryImport(Library)]
    public static partial int rd_kafka_message_headers(NativeMessage* message, nint* headers);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_header_cnt(nint headers);

    [LibraryImport(Library)]
    public static partial int rd_kafka_header_get_all(nint headers, nint index, byte** name, byte** value, nint* size);

    [LibraryImport(Library)]
    public static partial byte* rd_kafka_message_errstr(NativeMessage* message);

    [LibraryImport(Library)]
    public static partial void rd_kafka_message_destroy(NativeMessage* message);

    [LibraryImport(Library)]
    public static partial int rd_kafka_purge(nint client, int flags);

    [LibraryImport(Library)]
    public static partial void rd_kafka_destroy(nint client);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) => name == Library ? Loaded.Value : 0;

    private static nint Load()
    {
        // Loads it for Confluent.Kafka first, whose settings may say from where.
        _ = Confluent.Kafka.Library.Version;
        foreach (var build in Builds)
        {
            if (NativeLibrary.TryLoad(build, typeof(Confluent.Kafka.Library).Assembly, null, out var handle))
            {
                return handle;
            }
        }

        return 0;
    }
}
