using System.CommandLine;
using KafkaFunctions.SelfHost.CommandLine.Usage;
using KafkaFunctions.Streams.Brokers;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.SelfHost.CommandLine.Topics;

/// <summary><c>topics</c>: what topics there are.</summary>
internal sealed class TopicsCommand : Command, IHelpNotes
{
    public TopicsCommand(CommandConsole console)
        : base("topics", "List the topics: name, partitions, records, and offsets (start-end) of every partition.")
    {
        var json = new Option<bool>("--json") { Description = "One JSON document per line: name, partitions, records, offsets." };
        Add(json);
        Add(new TopicsCreateCommand(console));
        Action = new BindAction(parsed =>
        {
            var asJson = parsed.GetValue(json);
            return CommandRun.Create(console, (services, cancellationToken) =>
                new TopicList(services.GetRequiredService<ITopicClient>(), console).RunAsync(asJson, cancellationToken));
        });
    }

    public string HelpNotes => """
        Examples:
          {app} topics
          {app} topics --json | jq 'select(.records > 0) | .name'
          {app} topics create orders --partitions 8 --retention 7d
        """;
}
