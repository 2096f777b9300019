using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;

namespace KafkaFunctions.Kafka.Tests;

/// <summary>librdkafka's own cluster in memory: the one broker that can fail a chosen request. It checks no sequence numbers, so at most
/// one request may be in flight where order is looked at, and it knows neither topic configurations nor security.</summary>
internal sealed unsafe partial class MockCluster : IDisposable
{
    private const string Library = "librdkafka";
    private const int Producer = 0;
    private const short ProduceRequest = 0;
    private const int ErrorTextSize = 512;
    private const int Controller = 1;

    private readonly nint _client;
    private readonly nint _cluster;

    static MockCluster() => NativeLibrary.SetDllImportResolver(typeof(MockCluster).Assembly, Resolve);

    public MockCluster()
    {
        var error = stackalloc byte[ErrorTextSize];
        var config = rd_kafka_conf_new();
        Assert.Equal(0, rd_kafka_conf_set(config, "log_level", "0", error, ErrorTextSize));
        _client = rd_kafka_new(Producer, config, error, ErrorTextSize);
        _cluster = rd_kafka_mock_cluster_new(_client, 1);
        rd_kafka_mock_set_controller_id(_cluster, Controller);
        BootstrapServers = Marshal.PtrToStringUTF8(rd_kafka_mock_cluster_bootstraps(_cluster))!;
    }

    public string BootstrapServers { get; }

    public string CreateTopic(int partitions = 1)
    {
        var topic = $"mock-{Guid.NewGuid():N}";
        Assert.Equal(0, rd_kafka_mock_topic_create(_cluster, topic, partitions, 1));
        return topic;
    }

    /// <summary>Answers the next produce requests with these codes, one each; <see cref="ErrorCode.NoError"/> lets one pass.</summary>
    public void AnswerProduceRequests(params ErrorCode[] codes)
    {
        fixed (ErrorCode* start = codes)
        {
            rd_kafka_mock_push_request_errors_array(_cluster, ProduceRequest, codes.Length, (int*)start);
        }
    }

    public void SetDown() => Assert.Equal(0, rd_kafka_mock_broker_set_down(_cluster, Controller));

    public void SetUp() => Assert.Equal(0, rd_kafka_mock_broker_set_up(_cluster, Controller));

    /// <summary>The values in one partition, in their order.</summary>
    public List<string> Read(string topic, int partition = 0)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = BootstrapServers,
            GroupId = "reader",
            EnablePartitionEof = true,
            FetchWaitMaxMs = 5,
        }).Build();
        consumer.Assign(new TopicPartitionOffset(topic, partition, Offset.Beginning));
        var values = new List<string>();
        while (consumer.Consume(TimeSpan.FromSeconds(30)) is { IsPartitionEOF: false } result)
        {
            values.Add(Encoding.UTF8.GetString(result.Message.Value).TrimEnd());
        }

        return values;
    }

    public void Dispose()
    {
        rd_kafka_mock_cluster_destroy(_cluster);
        rd_kafka_destroy(_client);
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        _ = Confluent.Kafka.Library.Version;
        foreach (var build in (string[])[Library, "alpine-librdkafka", "centos8-librdkafka"])
        {
            if (name == Library && NativeLibrary.TryLoad(build, typeof(Confluent.Kafka.Library).Assembly, null, out var handle))
            {
                return handle;
            }
        }

        return 0;
    }

    [LibraryImport(Library)]
    private static partial nint rd_kafka_conf_new();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int rd_kafka_conf_set(nint config, string name, string value, byte* error, nint errorSize);

    [LibraryImport(Library)]
    private static partial nint rd_kafka_new(int type, nint config, byte* error, nint errorSize);

    [LibraryImport(Library)]
    private static partial void rd_kafka_destroy(nint client);

    [LibraryImport(Library)]
    private static partial nint rd_kafka_mock_cluster_new(nint client, int brokers);

    [LibraryImport(Library)]
    private static partial void rd_kafka_mock_cluster_destroy(nint cluster);

    [LibraryImport(Library)]
    private static partial nint rd_kafka_mock_cluster_bootstraps(nint cluster);

    [LibraryImport(Library)]
    private static partial void rd_kafka_mock_set_controller_id(nint cluster, int broker);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int rd_kafka_mock_topic_create(nint cluster, string topic, int partitions, int replication);

    [LibraryImport(Library)]
    private static partial void rd_kafka_mock_push_request_errors_array(nint cluster, short request, nint count, int* errors);

    [LibraryImport(Library)]
    private static partial int rd_kafka_mock_broker_set_down(nint cluster, int broker);

    [LibraryImport(Library)]
    private static partial int rd_kafka_mock_broker_set_up(nint cluster, int broker);
}
