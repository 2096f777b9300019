using Confluent.Kafka;

namespace KafkaFunctions.Kafka;

/// <summary>Asks for offsets with a consumer that never joins its group. Safe for concurrent use; one question at a time.</summary>
/// <remarks>An administrative client must not be asked: its ListConsumerGroupOffsets ends the process where a broker is not (yet)
/// the group's coordinator (https://github.com/confluentinc/librdkafka/issues/5040), and its ListOffsets never gets over a change
/// of leader. A consumer may not get over one either, so it is replaced when a question failed.</remarks>
internal sealed class OffsetReader(KafkaClientFactory clients, string consumerGroup) : IDisposable
{
    private readonly Lock _gate = new();
    private IConsumer<byte[]?, byte[]?>? _consumer;
    private bool _disposed;

    /// <summary>Asks; the question may block, on a thread of its own.</summary>
    public Task<T> AskAsync<T>(Func<IConsumer<byte[]?, byte[]?>, T> question, CancellationToken cancellationToken) =>
        Task.Run(() => Ask(question), cancellationToken);

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _consumer?.Dispose();
        }
    }

    private T Ask<T>(Func<IConsumer<byte[]?, byte[]?>, T> question)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _consumer ??= clients.CreateConsumerBuilder(clients.CreateConsumerConfig(consumerGroup)).Build();

            // Nobody polls this consumer, so that nobody would tell of its wish for a token; the credential keeps its own.
            clients.Tokens?.Refresh(_consumer);
            try
            {
                return question(_consumer);
            }
            catch (KafkaException)
            {
                _consumer.Dispose();
                _consumer = null;
                throw;
            }
        }
    }
}
