using System.CommandLine;
using KafkaFunctions.SelfHost.CommandLine.Usage;
using KafkaFunctions.Streams.State.Queries;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.SelfHost.CommandLine.State;

/// <summary><c>state export</c>: all of a store.</summary>
internal sealed class StateExportCommand : Command, IHelpNotes
{
    private readonly Argument<string> _store = StoreArgument.Create();
    private readonly Option<string?> _output = new("--output") { Description = "Write to this file [default: standard output].", HelpName = "FILE", CustomParser = ArgumentValues.Text };

    public StateExportCommand(CommandConsole console)
        : base("export", "Print all of a store, one JSON document per line.")
    {
        Add(_store);
        Add(_output);
        Action = new BindAction(parsed =>
        {
            var (store, output) = (parsed.GetRequiredValue(_store), parsed.GetValue(_output));
            return CommandRun.Create(console, (services, cancellationToken) =>
                new StateExport(services.GetRequiredService<StateReader>(), services.GetRequiredService<IStoreCatalog>(), services.GetService<TimeProvider>() ?? TimeProvider.System, console)
                    .RunAsync(store, output, cancellationToken));
        });
    }

    public string HelpNotes => """
        Members: store, key, value, version, timestamp; "keyEncoding" or "valueEncoding" is "base64" where one is base64. Of a store
        with windows, there is a line for each key and window, with "window": its start and end. The lines are in no order. The app
        may go on writing: each line is as its key was at one moment of the export.

        The file appears when the export is complete; an older one is replaced.

        Examples:
          {app} state export page-view-totals > totals.ndjson
          {app} state export customers --output customers.ndjson
        """;
}
