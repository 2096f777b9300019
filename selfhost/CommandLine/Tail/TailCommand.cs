using System.CommandLine;
using KafkaFunctions.SelfHost.CommandLine.Usage;
using KafkaFunctions.Streams.Brokers;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.SelfHost.CommandLine.Tail;

/// <summary><c>tail</c>: prints a topic's records.</summary>
internal sealed class TailCommand : Command, IHelpNotes
{
    private readonly Argument<string> _topic = new("TOPIC") { Description = "The topic to read.", CustomParser = ArgumentValues.Topic };

    private readonly Option<long?> _partition = new("--partition")
    {
        Description = "Only this partition [default: all].",
        HelpName = "P",
        CustomParser = ArgumentValues.WholeNumber(0, int.MaxValue),
    };

    private readonly Option<bool> _fromBeginning = new("--from-beginning")
    {
        Description = "Start with the oldest record kept [default: only records that arrive from now on].",
    };

    private readonly Option<long?> _count = new("--count")
    {
        Description = "End after N records.",
        HelpName = "N",
        CustomParser = ArgumentValues.WholeNumber(1, long.MaxValue),
    };

    private readonly Option<bool> _noFollow = new("--no-follow")
    {
        Description = "Print what is there, from the beginning, and end [default: wait for further records until Ctrl-C].",
    };

    private readonly Option<bool> _json = new("--json") { Description = "One JSON document per line." };

    public TailCommand(CommandConsole console)
        : base("tail", "Print a topic's records as they arrive; Ctrl-C ends.")
    {
        Add(_topic);
        Add(_partition);
        Add(_fromBeginning);
        Add(_count);
        Add(_noFollow);
        Add(_json);
        Action = new BindAction(parsed =>
        {
            var request = Read(parsed);
            return CommandRun.Create(console, (services, cancellationToken) =>
                new TopicTail(services.GetRequiredService<ITopicClient>(), console).RunAsync(request, cancellationToken));
        });
    }

    public string HelpNotes => """
        Text form: partition/offset, timestamp, key and value, separated by tabs. Bytes that are not UTF-8 text are shown
        as \xHH, control characters and '\' escaped; (null) stands for no key or no value.

        JSON form, members:
          topic, partition, offset
          key, value          text; null where there is none
          keyEncoding         "base64" where the key is not UTF-8 text and 'key' is base64; else absent
          valueEncoding       the same for the value
          timestamp           milliseconds since 1970-01-01 UTC; null where there is none
          headers             [{"key": ..., "value": ..., "valueEncoding": ...}], in order, repeats kept

        Examples:
          {app} tail page-views-clean
          {app} tail web-logs --from-beginning --count 10
          {app} tail page-views --no-follow --json | jq -r .value
        """;

    private TailRequest Read(ParseResult parsed) => new(parsed.GetRequiredValue(_topic))
    {
        Partition = (int?)parsed.GetValue(_partition),
        FromBeginning = parsed.GetValue(_fromBeginning) || parsed.GetValue(_noFollow),
        Follow = !parsed.GetValue(_noFollow),
        Count = parsed.GetValue(_count),
        AsJson = parsed.GetValue(_json),
    };
}
