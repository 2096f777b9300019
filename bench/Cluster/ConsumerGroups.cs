using System.Diagnostics;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using KafkaFunctions.Bench.Runs;

namespace KafkaFunctions.Bench.Cluster;

/// <summary>What the harness does to consumer groups between starts.</summary>
internal static class ConsumerGroups
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Deletes a group, as soon as its members are gone.</summary>
    public static async Task DeleteAsync(string servers, string group, CancellationToken cancellationToken)
    {
        using var admin = Connect(servers);
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(Pause, cancellationToken))
        {
            try
            {
                await admin.DeleteGroupsAsync([group]);
                return;
            }
            catch (DeleteGroupsException exception) when (clock.Elapsed < Limit)
            {
                if (exception.Results[0].Error.Code == ErrorCode.GroupIdNotFound)
                {
                    return;
                }
            }
            catch (DeleteGroupsException exception)
            {
                throw new RunFailedException($"Consumer group '{group}' cannot be deleted: {exception.Message}", exception);
            }
        }
    }

    /// <summary>Waits until a group has no members.</summary>
    public static async Task WaitUntilEmptyAsync(string servers, string group, CancellationToken cancellationToken)
    {
        using var admin = Connect(servers);
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(Pause, cancellationToken))
        {
            var answer = await admin.DescribeConsumerGroupsAsync([group]);
            if (answer.ConsumerGroupDescriptions[0].Members.Count == 0)
            {
                return;
            }

            if (clock.Elapsed > Limit)
            {
                throw new RunFailedException($"Consumer group '{group}' still has members {Limit.TotalSeconds} s after they were stopped.");
            }
        }
    }

    private static IAdminClient Connect(string servers) =>
        new AdminClientBuilder(new AdminClientConfig { BootstrapServers = servers }).Build();
}
