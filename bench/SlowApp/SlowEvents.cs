using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.Bench.SlowApp;

/// <summary>Takes its time for every batch.</summary>
public sealed class SlowEvents(IConfiguration configuration)
{
    private readonly TimeSpan _delay = TimeSpan.FromMilliseconds(configuration.GetValue("SlowEvents:DelayMilliseconds", 1000));

    /// <summary>Reads <c>slow-input</c> and does nothing, slowly.</summary>
    [Function(nameof(SlowEvents))]
    public Task RunAsync(
        [KafkaTrigger("%BrokerList%", "slow-input", ConsumerGroup = "slow-events", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        CancellationToken cancellationToken) => Task.Delay(_delay, cancellationToken);
}
