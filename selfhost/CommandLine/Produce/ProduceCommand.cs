using System.CommandLine;
using System.CommandLine.Parsing;
using KafkaFunctions.SelfHost.CommandLine.Usage;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.SelfHost.CommandLine.Produce;

/// <summary><c>produce</c>: publishes the lines of standard input.</summary>
internal sealed class ProduceCommand : Command, IHelpNotes
{
    private readonly Argument<string> _topic = new("TOPIC") { Description = "The topic to publish to; it must exist.", CustomParser = ArgumentValues.Topic };

    private readonly Option<bool> _ndjson = new("--ndjson") { Description = "Every line must be a JSON document; blank lines are passed over." };

    private readonly Option<string?> _keyField = new("--key-field")
    {
        Description = "The key is this top-level field of the line's JSON object (implies --ndjson): text as it is, a number, true or false as written.",
        HelpName = "NAME",
        CustomParser = ArgumentValues.Text,
    };

    private readonly Option<string?> _keySeparator = new("--key-separator")
    {
        Description = "Lines are key, S, value; the first S of a line counts.",
        HelpName = "S",
        CustomParser = ArgumentValues.Text,
    };

    private readonly Option<RecordHeader[]> _headers = new("--header")
    {
        Description = "A header of every record; may be repeated.",
        HelpName = "NAME=VALUE",
        CustomParser = Headers,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    public ProduceCommand(CommandConsole console)
        : base("produce", "Publish the lines of standard input, one record a line, and wait until the broker has acknowledged them.")
    {
        Add(_topic);
        Add(_ndjson);
        Add(_keyField);
        Add(_keySeparator);
        Add(_headers);
        Validators.Add(Check);
        Action = new BindAction(parsed =>
        {
            var request = Read(parsed);
            return CommandRun.Create(console, (services, cancellationToken) =>
                new TopicProduce(services.GetRequiredService<IRecordPublisher>(), console, services.GetService<TimeProvider>() ?? TimeProvider.System)
                    .RunAsync(request, cancellationToken));
        });
    }

    public string HelpNotes => """
        Without a key, records are spread over the partitions. Lines are bytes: they need not be UTF-8.
        At a bad line (not JSON, no key, too large) every line before it is published and none from it on; standard error
        names the line, so that you can correct it and go on from there: tail -n +LINE FILE | {app} produce ...

        Examples:
          {app} produce web-logs < access.log
          echo '{"device":"d1","celsius":21.5}' | {app} produce readings --key-field device
          echo 'user-1:hello' | {app} produce greetings --key-separator : --header source=shell
        """;

    private ProduceRequest Read(ParseResult parsed)
    {
        var keyField = parsed.GetValue(_keyField);
        ILineFormat format = keyField is not null || parsed.GetValue(_ndjson) ? new JsonLines(keyField) : new PlainLines(parsed.GetValue(_keySeparator));
        return new ProduceRequest(parsed.GetRequiredValue(_topic), format, parsed.GetValue(_headers) ?? []);
    }

    private void Check(CommandResult result)
    {
        if (result.GetResult(_keySeparator) is not null && (result.GetResult(_keyField) is not null || result.GetResult(_ndjson) is not null))
        {
            result.AddError($"{_keySeparator.Name} does not go with JSON lines: use {_keyField.Name} alone.");
        }
    }

    private static RecordHeader[]? Headers(ArgumentResult result)
    {
        var headers = new List<RecordHeader>();
        foreach (var text in result.Tokens.Select(token => token.Value))
        {
            var name = text.Split('=', 2);
            if (name.Length < 2 || name[0].Length == 0)
            {
                result.AddError($"--header takes NAME=VALUE, not '{text}'.");
                return null;
            }

            if (name[0] == HeaderNames.Identity)
            {
                result.AddError($"--header {HeaderNames.Identity} is set by the platform alone.");
                return null;
            }

            headers.Add(RecordHeader.FromText(name[0], name[1]));
        }

        return [.. headers];
    }
}
