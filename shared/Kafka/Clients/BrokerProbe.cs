using Confluent.Kafka;

namespace KafkaFunctions.Kafka;

/// <summary>Asks the cluster for a sign of life.</summary>
internal sealed class BrokerProbe(Func<IAdminClient> admin)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <returns>Null where a broker answers, else why none does.</returns>
    public Task<string?> AskAsync() => Task.Run(() =>
    {
        try
        {
            _ = admin().GetMetadata(Patience);
            return null;
        }
        catch (KafkaException exception)
        {
            return exception.Error.Reason;
        }
    });
}
