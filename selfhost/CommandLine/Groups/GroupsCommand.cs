using System.CommandLine;
using KafkaFunctions.SelfHost.CommandLine.Usage;
using KafkaFunctions.Streams.Brokers;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.SelfHost.CommandLine.Groups;

/// <summary><c>groups</c>: how far the functions have come.</summary>
internal sealed class GroupsCommand : Command, IHelpNotes
{
    public GroupsCommand(CommandConsole console)
        : base("groups", "Show committed offset, end and lag of every function, topic and partition.")
    {
        var json = new Option<bool>("--json")
        {
            Description = "One JSON document per line: function, group, topic, partition, committed (null: nothing yet), end, lag.",
        };
        Add(json);
        Action = new BindAction(parsed =>
        {
            var asJson = parsed.GetValue(json);
            return CommandRun.Create(console, (services, cancellationToken) =>
                new GroupList(services.GetRequiredService<ITopicClient>(), services.GetRequiredService<IConsumerGroupCatalog>(), console)
                    .RunAsync(asJson, cancellationToken));
        });
    }

    public string HelpNotes => """
        Every function reads its topic in a consumer group of its own. 'Committed' is the offset of the next record
        that it will process; '-' says that nothing is committed yet, and every record that the topic keeps counts as lag.

        Examples:
          {app} groups
          {app} groups --json | jq -s 'map(.lag) | add'
        """;
}
