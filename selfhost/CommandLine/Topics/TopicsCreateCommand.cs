using System.CommandLine;
using KafkaFunctions.SelfHost.CommandLine.Usage;
using KafkaFunctions.Streams.Brokers;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.SelfHost.CommandLine.Topics;

/// <summary><c>topics create</c>: makes a topic.</summary>
internal sealed class TopicsCreateCommand : Command, IHelpNotes
{
    public TopicsCreateCommand(CommandConsole console)
        : base("create", "Create a topic; one that exists is left as it is.")
    {
        var name = new Argument<string>("NAME")
        {
            Description = "The new topic's name: letters, digits, '.', '_' and '-'.",
            CustomParser = ArgumentValues.Topic,
        };
        var partitions = new Option<long?>("--partitions")
        {
            Description = $"Number of partitions [default: {TopicSpecification.DefaultPartitions}].",
            HelpName = "N",
            CustomParser = ArgumentValues.WholeNumber(1, int.MaxValue),
        };
        var retention = new Option<TimeSpan?>("--retention")
        {
            Description = "How long records are kept by their timestamp: such as 90s, 15m, 12h, 7d, or 'forever' [default: the broker's own rule].",
            HelpName = "DURATION",
            CustomParser = ArgumentValues.Duration,
        };
        Add(name);
        Add(partitions);
        Add(retention);
        Action = new BindAction(parsed =>
        {
            var request = new TopicCreation(parsed.GetRequiredValue(name), (int?)parsed.GetValue(partitions), parsed.GetValue(retention));
            return CommandRun.Create(console, (services, cancellationToken) =>
                request.RunAsync(services.GetRequiredService<ITopicClient>(), console, cancellationToken));
        });
    }

    public string HelpNotes => """
        Exit status:
          0  The topic is there: created now, or before with the partitions that --partitions asks for.
          1  It exists with another number of partitions, or the broker refused.
          2  Wrong usage.

        Examples:
          {app} topics create orders
          {app} topics create page-views --partitions 12 --retention forever
        """;
}
