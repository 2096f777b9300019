using System.CommandLine;
using KafkaFunctions.SelfHost.CommandLine.Usage;
using KafkaFunctions.Streams.State.Queries;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.SelfHost.CommandLine.State;

/// <summary><c>state get</c>: the value of a key.</summary>
internal sealed class StateGetCommand : Command, IHelpNotes
{
    private readonly Argument<string> _store = StoreArgument.Create();
    private readonly Argument<string> _key = new("KEY") { Description = "The key: text, or a number where the store's keys are numbers." };
    private readonly Option<string?> _window = new("--window") { Description = "Only the window that begins then.", HelpName = "START", CustomParser = ArgumentValues.Text };
    private readonly Option<string?> _from = new("--from") { Description = "Only windows that begin then or later.", HelpName = "START", CustomParser = ArgumentValues.Text };
    private readonly Option<string?> _to = new("--to") { Description = "Only windows that begin then or earlier.", HelpName = "START", CustomParser = ArgumentValues.Text };
    private readonly Option<bool> _json = new("--json") { Description = "A JSON document (one per window): store, key, window (where there is one), value, version, timestamp." };

    public StateGetCommand(CommandConsole console)
        : base("get", "Print the value of a key.")
    {
        Add(_store);
        Add(_key);
        Add(_window);
        Add(_from);
        Add(_to);
        Add(_json);
        Action = new BindAction(parsed =>
        {
            var request = new StateGetRequest(parsed.GetRequiredValue(_store), parsed.GetRequiredValue(_key))
            {
                Window = parsed.GetValue(_window),
                From = parsed.GetValue(_from),
                To = parsed.GetValue(_to),
                AsJson = parsed.GetValue(_json),
            };
            return CommandRun.Create(console, (services, cancellationToken) =>
                new StateGet(services.GetRequiredService<StateReader>(), services.GetRequiredService<IStoreCatalog>(), console).RunAsync(request, cancellationToken));
        });
    }

    public string HelpNotes => """
        Exit status:
          0  The value is printed.      1  There is no such key or store, or the storage failed.      2  Wrong usage.

        A key that begins with '-' comes after '--'. Of a store with windows, a line for each window of the key: start/end and value,
        separated by a tab; with --window the value alone. Times are ISO 8601 (without an offset: UTC), or milliseconds since
        1970-01-01 UTC.

        Examples:
          {app} state get page-view-totals /index.html
          {app} state get customers 42 --json | jq .value.email
          {app} state get page-views-per-minute /cart --from 2026-03-01T11:00Z
        """;
}
