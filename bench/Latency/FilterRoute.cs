using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Workload;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Bench.Latency;

/// <summary>Through FilterEvents, from topic to topic.</summary>
internal sealed class FilterRoute(IRecordPublisher publisher, int seed) : IRoute
{
    private readonly FilterWorkload _events = new(seed);
    private int _next;

    public string Output => Pipeline.Output;

    public int NextId()
    {
        while (!_events.Passes(++_next))
        {
        }

        return _next;
    }

    public Task SendAsync(int id, CancellationToken cancellationToken) =>
        publisher.PublishAsync(_events.Topic, [_events.Create(id)], cancellationToken);

    public int FindId(in InputRecord record) => _events.FindId(record);
}
