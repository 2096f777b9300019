using System.CommandLine;
using System.CommandLine.Parsing;
using KafkaFunctions.SelfHost.CommandLine.Usage;
using KafkaFunctions.SelfHost.Topology;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.SelfHost.CommandLine.Topology;

/// <summary><c>topology</c>: what flows where.</summary>
internal sealed class TopologyCommand : Command, IHelpNotes
{
    private readonly Option<TopologyFormat> _format = new("--format")
    {
        Description = "text: tables; mermaid: a picture; markdown: a table of the functions; json: one document, with the warnings [default: text].",
        HelpName = "FORMAT",
        CustomParser = ReadFormat,
    };

    private readonly Option<bool> _json = new("--json") { Description = "The same as --format json." };

    private readonly Option<bool> _strict = new("--strict") { Description = "Exit with 1 where there are warnings." };

    private readonly Option<string[]> _update = new("--update")
    {
        Description = "Print nothing; write anew what is between '<!-- topology: FORMAT -->' and '<!-- /topology -->' in these files.",
        HelpName = "FILE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    public TopologyCommand(CommandConsole console)
        : base("topology", "Show the graph of functions, topics, consumer groups and stores, and warn of what is hardly meant.")
    {
        Add(_format);
        Add(_json);
        Add(_strict);
        Add(_update);
        Validators.Add(Check);
        Action = new BindAction(parsed =>
        {
            var printer = new TopologyPrinter(
                parsed.GetValue(_json) ? TopologyFormat.Json : parsed.GetValue(_format),
                parsed.GetValue(_update) ?? [],
                parsed.GetValue(_strict));
            return CommandRun.Create(console, (services, cancellationToken) =>
                printer.RunAsync(services.GetRequiredService<TopologyReader>().Read(), console, cancellationToken));
        });
    }

    public string HelpNotes => """
        It is read from the code: no broker is asked, and nothing is started. Functions that do not run here are shown, too.

        Warnings are on standard error, or in the JSON: a topic that is read and nobody writes, records that go round, functions
        that share a consumer group, and others. docs/topology.md has them all.

        Exit status:
          0  Done, with warnings or without.
          1  A function is wrong, a file cannot be updated, or there are warnings and --strict.
          2  Wrong usage.

        Examples:
          {app} topology
          {app} topology --format mermaid
          {app} topology --json | jq -r '.warnings[].message'
          {app} topology --strict --update README.md functions/README.md
        """;

    private static TopologyFormat ReadFormat(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!char.IsAsciiDigit(text.FirstOrDefault()) && Enum.TryParse<TopologyFormat>(text, ignoreCase: true, out var format))
        {
            return format;
        }

        result.AddError($"--format takes text, mermaid, markdown or json, not '{text}'.");
        return default;
    }

    private void Check(CommandResult result)
    {
        if (result.GetResult(_format) is not null && result.GetResult(_json) is not null)
        {
            result.AddError($"{_json.Name} is {_format.Name} json: leave one of them out.");
        }

        if (result.GetResult(_update) is not null && (result.GetResult(_format) ?? result.GetResult(_json)) is not null)
        {
            result.AddError($"{_update.Name} takes the formats that the files say: leave {_format.Name} and {_json.Name} out.");
        }
    }
}
