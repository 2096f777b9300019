using System.CommandLine;
using KafkaFunctions.SelfHost.CommandLine.Groups;
using KafkaFunctions.SelfHost.CommandLine.Usage;
using KafkaFunctions.SelfHost.Settings;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Queries;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.SelfHost.CommandLine.State;

/// <summary><c>state reset</c>: a function begins anew.</summary>
internal sealed class StateResetCommand : Command, IHelpNotes
{
    private readonly Argument<string> _function = new("FUNCTION") { Description = "The function that is to begin anew." };
    private readonly Option<bool> _yes = new("--yes") { Description = "Do not ask. Needed where nobody can answer." };

    public StateResetCommand(CommandConsole console)
        : base("reset", "Delete the state of a function and the offsets of its consumer group, so that it reads its topic anew.")
    {
        Add(_function);
        Add(_yes);
        Action = new BindAction(parsed =>
        {
            var (function, yes) = (parsed.GetRequiredValue(_function), parsed.GetValue(_yes));
            return CommandRun.Create(console, (services, cancellationToken) => CreateReset(services, console).RunAsync(function, yes, cancellationToken));
        });
    }

    public string HelpNotes => """
        The function must not run: stop the app on every host, or run it without the function (--functions). A function that looks
        keys up in the store should not run either.

        What topics no longer keep is not counted again. The function publishes what it published before, under the same identities:
        stateful functions that read its outputs take them for copies, so reset those as well where results are to differ.

        Offsets go first, then the state. After a failure in between, the function may even be started: it loses and doubles nothing.
        To complete the reset, run it again.

        Exit status:
          0  Reset.
          1  The function runs, is not known or keeps no state, or something failed; standard error says what was done.
          2  Wrong usage; nothing was done.

        Examples:
          {app} state reset CountPageViews
          {app} state reset CountPageViews --yes
        """;

    private static StateReset CreateReset(IServiceProvider services, CommandConsole console) => new(
        services.GetRequiredService<IStateStorage>(),
        new ResetPlanner(
            services.GetRequiredService<StateReader>(),
            services.GetRequiredService<IStoreCatalog>(),
            services.GetRequiredService<IConsumerGroupCatalog>()),
        services.GetRequiredService<IConsumerGroupClient>(),
        services.GetService<KafkaHostOptions>() ?? new KafkaHostOptions(),
        console);
}
