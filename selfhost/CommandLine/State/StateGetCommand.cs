using System.CommandLine;
using KafkaFunctions.SelfHost.CommandLine.Output;
using KafkaFunctions.SelfHost.CommandLine.Usage;
using KafkaFunctions.Streams.State.Queries;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.SelfHost.CommandLine.State;

/// <summary><c>state get</c>: the value of a key.</summary>
internal sealed class StateGetCommand : Command, IHelpNotes
{
    private readonly Argument<string> _store = StoreArgument.Create();
    private readonly Argument<string> _key = new("KEY") { Description = "The key: text, or a number where the store's keys are numbers." };
    private readonly Option<bool> _json = new("--json") { Description = "A JSON document: store, key, value, version, timestamp." };

    public StateGetCommand(CommandConsole console)
        : base("get", "Print the value of a key.")
    {
        Add(_store);
        Add(_key);
        Add(_json);
        Action = new BindAction(parsed =>
        {
            var (store, key, asJson) = (parsed.GetRequiredValue(_store), parsed.GetRequiredValue(_key), parsed.GetValue(_json));
            return CommandRun.Create(console, (services, cancellationToken) => RunAsync(
                services.GetRequiredService<StateReader>(), services.GetRequiredService<IStoreCatalog>(), console, store, key, asJson, cancellationToken));
        });
    }

    public string HelpNotes => """
        Exit status:
          0  The value is printed.      1  There is no such key or store, or the storage failed.      2  Wrong usage.

        A key that begins with '-' comes after '--'.

        Examples:
          {app} state get page-view-totals /index.html
          {app} state get customers 42 --json | jq .value.email
        """;

    private static async Task<int> RunAsync(
        StateReader reader, IStoreCatalog catalog, CommandConsole console, string name, string key, bool asJson, CancellationToken cancellationToken)
    {
        var store = await StoreLookup.FindAsync(reader, catalog, name, cancellationToken);
        if (await reader.GetAsync(name, StoreLookup.ReadKey(store, key), cancellationToken) is not { } entry)
        {
            return CommandRun.Fail(console, $"Store '{name}' has no key '{key}'.");
        }

        if (asJson)
        {
            using var writer = new JsonLineWriter(console.Output);
            writer.Write(entry, (json, found) => StateEntryJson.Write(json, found, store));
        }
        else
        {
            EntryText.WriteValue(console.Output, store, entry.Value);
            console.Output.Write('\n');
        }

        return ExitStatus.Done;
    }
}
