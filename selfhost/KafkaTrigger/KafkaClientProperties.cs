using System.Globalization;
using KafkaFunctions.SelfHost.Settings;

namespace KafkaFunctions.SelfHost.KafkaTrigger;

/// <summary>Translates <c>extensions.kafka</c> of host.json to librdkafka's property names, as the Kafka extension does.</summary>
internal static class KafkaClientProperties
{
    public static Dictionary<string, string> Of(KafkaHostOptions options)
    {
        var properties = new Dictionary<string, string>();
        Add("auto.commit.interval.ms", options.AutoCommitIntervalMs);
        Add("session.timeout.ms", options.SessionTimeoutMs);
        Add("metadata.max.age.ms", options.MetadataMaxAgeMs);
        Add("reconnect.backoff.ms", options.ReconnectBackoffMs);
        Add("reconnect.backoff.max.ms", options.ReconnectBackoffMaxMs);
        Add("statistics.interval.ms", options.StatisticsIntervalMs);
        Add("max.poll.interval.ms", options.MaxPollIntervalMs);
        Add("queued.min.messages", options.QueuedMinMessages);
        Add("queued.max.messages.kbytes", options.QueuedMaxMessagesKbytes);
        Add("max.partition.fetch.bytes", options.MaxPartitionFetchBytes);
        Add("fetch.max.bytes", options.FetchMaxBytes);
        properties.Add("socket.keepalive.enable", options.SocketKeepaliveEnable ? "true" : "false");
        if (!string.IsNullOrEmpty(options.LibkafkaDebug))
        {
            properties.Add("debug", options.LibkafkaDebug);
        }

        return properties;

        void Add(string name, int? value)
        {
            if (value is { } number)
            {
                properties.Add(name, number.ToString(CultureInfo.InvariantCulture));
            }
        }
    }
}
