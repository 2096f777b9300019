using System.Diagnostics;
using Confluent.Kafka;

namespace KafkaFunctions.Bench.BareLoop;

/// <summary>Consumes, filters and produces on one thread. Offsets are committed once a second, after every output before them
/// was acknowledged. Clients are set up as the app's are.</summary>
internal sealed class FilterLoop : IDisposable
{
    private static readonly TimeSpan CommitInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PollTimeout = TimeSpan.FromMilliseconds(100);

    private readonly IConsumer<byte[]?, byte[]?> _consumer;
    private readonly IProducer<byte[]?, byte[]?> _producer;
    private readonly string _input;
    private readonly string _output;
    private readonly byte[] _condition;
    private readonly Dictionary<Partition, Offset> _done = [];
    private readonly Action<DeliveryReport<byte[]?, byte[]?>> _onDelivery;
    private Error? _failure;

    public FilterLoop(string servers, string input, string output, string group, byte[] condition)
    {
        _input = input;
        _output = output;
        _condition = condition;
        _onDelivery = report => _failure ??= report.Error.IsError ? report.Error : null;
        _consumer = new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig
        {
            BootstrapServers = servers,
            GroupId = group,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
            ConsumeResultFields = "headers,timestamp",
            QueuedMaxMessagesKbytes = 16 * 1024,
            FetchQueueBackoffMs = 20,
        }).SetPartitionsRevokedHandler((_, _) => Commit()).Build();
        _producer = new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig
        {
            BootstrapServers = servers,
            Acks = Acks.All,
            EnableIdempotence = true,
            EnableGaplessGuarantee = true,
            MessageTimeoutMs = 0,
            CompressionType = CompressionType.Lz4,
            LingerMs = 1,
            Partitioner = Partitioner.Murmur2Random,
            QueueBufferingMaxMessages = 100_000,
            QueueBufferingMaxKbytes = 256 * 1024,
            DeliveryReportFields = "status",
        }).Build();
    }

    public void Run(CancellationToken stop)
    {
        _consumer.Subscribe(_input);
        var sinceCommit = Stopwatch.StartNew();
        while (!stop.IsCancellationRequested)
        {
            if (_consumer.Consume(PollTimeout) is { } result)
            {
                if (result.Message.Value.AsSpan().IndexOf(_condition) >= 0)
                {
                    Produce(result.Message);
                }

                _done[result.Partition] = result.Offset + 1;
            }

            if (sinceCommit.Elapsed >= CommitInterval)
            {
                Commit();
                sinceCommit.Restart();
            }
        }

        Commit();
        _consumer.Close();
    }

    public void Dispose()
    {
        _producer.Dispose();
        _consumer.Dispose();
    }

    private void Produce(Message<byte[]?, byte[]?> message)
    {
        while (true)
        {
            try
            {
                _producer.Produce(_output, message, _onDelivery);
                return;
            }
            catch (ProduceException<byte[]?, byte[]?> exception) when (exception.Error.Code == ErrorCode.Local_QueueFull)
            {
                _producer.Poll(PollTimeout);
            }
        }
    }

    private void Commit()
    {
        _producer.Flush();
        if (_failure is not null)
        {
            throw new KafkaException(_failure);
        }

        if (_done.Count > 0)
        {
            _consumer.Commit(_done.Select(done => new TopicPartitionOffset(_input, done.Key, done.Value)));
            _done.Clear();
        }
    }
}
