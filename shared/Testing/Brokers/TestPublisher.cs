using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Testing.Faults;
using KafkaFunctions.Testing.Instances;

namespace KafkaFunctions.Testing.Brokers;

/// <summary>An instance's publisher: its calls are steps.</summary>
internal sealed class TestPublisher(TestTopics topics, AppInstance instance) : IRecordPublisher
{
    public async Task PublishAsync(string topic, IReadOnlyList<OutputRecord> records, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var record in records)
        {
            TestTopics.CheckSize(topic, record);
        }

        await instance.ReachAsync(StepKind.BeforePublish, kind => Trouble(topic, kind)).ConfigureAwait(false);
        for (var i = 0; i < records.Count; i++)
        {
            topics.Append(topic, records[i]);
            await instance.ReachAsync(StepKind.AfterPublishOf, kind => Trouble(topic, kind), i + 1).ConfigureAwait(false);
        }

        if (await instance.ReachAsync(StepKind.AfterPublish, kind => Trouble(topic, kind)).ConfigureAwait(false))
        {
            foreach (var record in records)
            {
                topics.Append(topic, record);
            }
        }
    }

    public ValueTask<long> GetMaxRecordBytesAsync(string topic, CancellationToken cancellationToken) => new(TestTopics.MaxRecordBytes);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static PublishException Trouble(string topic, FaultKind kind) => kind == FaultKind.Unavailable
        ? new PublishException(topic, $"The broker does not answer for topic '{topic}' (an injected fault).")
        : new PublishException(topic, $"The acknowledgement of topic '{topic}' was lost (an injected fault).");
}
