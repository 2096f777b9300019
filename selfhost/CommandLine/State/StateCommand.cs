using System.CommandLine;
using KafkaFunctions.SelfHost.CommandLine.Usage;
using KafkaFunctions.Streams.State.Queries;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.SelfHost.CommandLine.State;

/// <summary><c>state</c>: what functions keep.</summary>
internal sealed class StateCommand : Command, IHelpNotes
{
    public StateCommand(CommandConsole console)
        : base("state", "List the stores of functions that keep state; read and reset them.")
    {
        var json = new Option<bool>("--json")
        {
            Description = "One JSON document per line: store, application, functions, kind, buckets (null: not made yet).",
        };
        Add(json);
        Add(new StateGetCommand(console));
        Add(new StateListCommand(console));
        Add(new StateExportCommand(console));
        Add(new StateResetCommand(console));
        Action = new BindAction(parsed =>
        {
            var asJson = parsed.GetValue(json);
            return CommandRun.Create(console, (services, cancellationToken) =>
                new StoreList(services.GetRequiredService<StateReader>(), services.GetRequiredService<IStoreCatalog>(), console)
                    .RunAsync(asJson, cancellationToken));
        });
    }

    public string HelpNotes => """
        A function that counts, aggregates, keeps a table or processes with state writes a store. Stores are where the setting
        StateStorage says: in DataDirectory, or in Azure Tables. The commands work also while the app runs.

        Examples:
          {app} state
          {app} state get page-view-totals /index.html
          {app} state list page-view-totals --prefix /products/ --json
          {app} state export page-view-totals --output totals.ndjson
          {app} state reset CountPageViews
        """;
}
