using System.CommandLine;
using KafkaFunctions.SelfHost.CommandLine.Usage;
using KafkaFunctions.SelfHost.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.SelfHost.CommandLine.Health;

/// <summary><c>health</c>: asks the app that runs on this machine. For health checks of containers, whose image has no other program.</summary>
internal sealed class HealthCommand : Command, IHelpNotes
{
    public HealthCommand(CommandConsole console)
        : base("health", "Ask the running app whether it is ready: exit status 0 if so, else 1.")
    {
        var live = new Option<bool>("--live") { Description = "Ask only whether it answers, as /health/live." };
        var port = new PortOption();
        Add(live);
        Add(port);
        Action = new BindAction(parsed =>
        {
            var path = parsed.GetValue(live) ? HealthPaths.Live : HealthPaths.Ready;
            var chosen = (int?)parsed.GetValue(port);
            return CommandRun.Create(console, (services, cancellationToken) => new HealthQuestion(
                ListenAddress.Read(services.GetRequiredService<IConfiguration>(), chosen, services.GetRequiredService<FunctionKeys>()), console)
                .AskAsync(path, cancellationToken));
        });
    }

    public string HelpNotes => """
        'Ready' means that every function has its topic and partitions, and that the storage of state answers. The same answer comes from GET /health/ready.

        Examples:
          {app} health
          {app} health --live --port 8080
        """;
}
