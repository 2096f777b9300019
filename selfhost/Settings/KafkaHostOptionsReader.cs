using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.SelfHost.Settings;

/// <summary>Reads <see cref="KafkaHostOptions"/>; names in any case. Ranges are the extension's and the Kafka client's.</summary>
internal static class KafkaHostOptionsReader
{
    private const int Day = 86_400_000;
    private const int Hour = 3_600_000;

    private static readonly Dictionary<string, Action<KafkaHostOptions, string>> Options = new(StringComparer.OrdinalIgnoreCase)
    {
        ["maxBatchSize"] = Number(1, int.MaxValue, (options, value) => options.MaxBatchSize = value),
        ["subscriberIntervalInSeconds"] = Number(1, int.MaxValue, (options, value) => options.SubscriberIntervalInSeconds = value),
        ["executorChannelCapacity"] = Number(1, int.MaxValue, (options, value) => options.ExecutorChannelCapacity = value),
        ["channelFullRetryIntervalInMs"] = Number(1, int.MaxValue, (options, value) => options.ChannelFullRetryIntervalInMs = value),
        ["subscriberIdleBackoffMs"] = Number(0, int.MaxValue, (options, value) => options.SubscriberIdleBackoffMs = value),
        ["commitOnFailure"] = Switch((options, value) => options.CommitOnFailure = value),
        ["maxRetries"] = Number(-1, int.MaxValue, (options, value) => options.MaxRetries = value),
        ["autoCommitIntervalMs"] = Number(0, Day, (options, value) => options.AutoCommitIntervalMs = value),
        ["autoOffsetReset"] = Reset,
        ["sessionTimeoutMs"] = Number(1, Hour, (options, value) => options.SessionTimeoutMs = value),
        ["metadataMaxAgeMs"] = Number(1, Day, (options, value) => options.MetadataMaxAgeMs = value),
        ["socketKeepaliveEnable"] = Switch((options, value) => options.SocketKeepaliveEnable = value),
        ["libkafkaDebug"] = (options, value) => options.LibkafkaDebug = value,
        ["reconnectBackoffMs"] = Number(0, Hour, (options, value) => options.ReconnectBackoffMs = value),
        ["reconnectBackoffMaxMs"] = Number(0, Hour, (options, value) => options.ReconnectBackoffMaxMs = value),
        ["statisticsIntervalMs"] = Number(0, Day, (options, value) => options.StatisticsIntervalMs = value),
        ["maxPollIntervalMs"] = Number(1, Day, (options, value) => options.MaxPollIntervalMs = value),
        ["queuedMinMessages"] = Number(1, 10_000_000, (options, value) => options.QueuedMinMessages = value),
        ["queuedMaxMessagesKbytes"] = Number(1, 2_097_151, (options, value) => options.QueuedMaxMessagesKbytes = value),
        ["maxPartitionFetchBytes"] = Number(1, 1_000_000_000, (options, value) => options.MaxPartitionFetchBytes = value),
        ["fetchMaxBytes"] = Number(0, 2_147_483_135, (options, value) => options.FetchMaxBytes = value),
    };

    /// <param name="section"><c>extensions.kafka</c>.</param>
    /// <param name="source">The file, for messages.</param>
    /// <param name="warn">Takes what is odd but does no harm.</param>
    /// <exception cref="SelfHostException">Values are out of range or of the wrong type; all of them are named.</exception>
    public static KafkaHostOptions Read(IConfigurationSection section, string source, Action<string> warn)
    {
        var options = new KafkaHostOptions();
        var errors = new List<string>();
        foreach (var entry in section.GetChildren())
        {
            if (!Options.TryGetValue(entry.Key, out var assign))
            {
                warn($"{source}: extensions.kafka has no option '{entry.Key}'; did you mean '{NearestName.Of(entry.Key, Options.Keys)}'? It is ignored.");
                continue;
            }

            try
            {
                assign(options, entry.Value ?? "");
            }
            catch (FormatException wrong)
            {
                errors.Add($"{source}: extensions.kafka.{entry.Key} is '{entry.Value}'; it must be {wrong.Message}.");
            }
        }

        if (errors.Count > 0)
        {
            throw new SelfHostException(errors);
        }

        WarnOfSkipping(section, options, source, warn);
        return options;
    }

    private static void WarnOfSkipping(IConfigurationSection section, KafkaHostOptions options, string source, Action<string> warn)
    {
        var commits = section["commitOnFailure"] is not null && options.CommitOnFailure;
        var limits = section["maxRetries"] is not null && options.MaxRetries >= 0;
        if (commits || limits)
        {
            warn($"{source}: with extensions.kafka.commitOnFailure true or maxRetries of 0 or more, the Functions host skips records whose function fails. The self-host never skips: it runs them again until they succeed. Write \"commitOnFailure\": false, \"maxRetries\": -1 to have the same on both.");
        }
    }

    private static Action<KafkaHostOptions, string> Number(int least, int most, Action<KafkaHostOptions, int> assign) => (options, text) =>
    {
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) || value < least || value > most)
        {
            throw new FormatException(most == int.MaxValue ? $"a whole number, at least {least}" : $"a whole number from {least} to {most}");
        }

        assign(options, value);
    };

    private static Action<KafkaHostOptions, string> Switch(Action<KafkaHostOptions, bool> assign) => (options, text) =>
        assign(options, bool.TryParse(text, out var value) ? value : throw new FormatException("true or false"));

    private static void Reset(KafkaHostOptions options, string text) =>
        options.AutoOffsetReset = Enum.TryParse<OffsetReset>(text, ignoreCase: true, out var value) && Enum.IsDefined(value)
            ? value
            : throw new FormatException("Earliest or Latest");
}
