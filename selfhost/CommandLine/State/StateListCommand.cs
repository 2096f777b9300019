using System.CommandLine;
using KafkaFunctions.SelfHost.CommandLine.Usage;
using KafkaFunctions.Streams.State.Queries;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.SelfHost.CommandLine.State;

/// <summary><c>state list</c>: keys and values in order.</summary>
internal sealed class StateListCommand : Command, IHelpNotes
{
    private readonly Argument<string> _store = StoreArgument.Create();
    private readonly Option<string?> _prefix = new("--prefix") { Description = "Only keys that begin with this.", HelpName = "P", CustomParser = ArgumentValues.Text };
    private readonly Option<string?> _from = new("--from") { Description = "The first key [default: from the beginning].", HelpName = "A", CustomParser = ArgumentValues.Text };
    private readonly Option<string?> _to = new("--to") { Description = "The last key, itself included [default: to the end].", HelpName = "B", CustomParser = ArgumentValues.Text };

    private readonly Option<long?> _limit = new("--limit")
    {
        Description = "End after N keys [default: all].",
        HelpName = "N",
        CustomParser = ArgumentValues.WholeNumber(1, long.MaxValue),
    };

    private readonly Option<bool> _json = new("--json") { Description = "One JSON document per line: store, key, window (where there is one), value, version, timestamp." };

    public StateListCommand(CommandConsole console)
        : base("list", "Print keys and values, in the order of the keys.")
    {
        Add(_store);
        Add(_prefix);
        Add(_from);
        Add(_to);
        Add(_limit);
        Add(_json);
        Action = new BindAction(parsed =>
        {
            var request = new StateListRequest(parsed.GetRequiredValue(_store))
            {
                Prefix = parsed.GetValue(_prefix),
                From = parsed.GetValue(_from),
                To = parsed.GetValue(_to),
                Limit = parsed.GetValue(_limit),
                AsJson = parsed.GetValue(_json),
            };
            return CommandRun.Create(console, (services, cancellationToken) =>
                new StateListing(services.GetRequiredService<StateReader>(), services.GetRequiredService<IStoreCatalog>(), console).RunAsync(request, cancellationToken));
        });
    }

    public string HelpNotes => """
        Text form: key, value, version and event time (milliseconds since 1970-01-01 UTC), separated by tabs. Bytes that are not
        UTF-8 text are shown as \xHH. Keys are compared byte by byte. Of a store with windows, there is a line for each key and
        window, and start/end of the window behind the key.

        JSON form: as the HTTP function answers; "keyEncoding" or "valueEncoding" is "base64" where one is base64.

        Examples:
          {app} state list page-view-totals --prefix /products/
          {app} state list customers --from 100 --to 199 --json
        """;
}
