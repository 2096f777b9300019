using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using KafkaFunctions.SelfHost.CommandLine.Groups;
using KafkaFunctions.SelfHost.CommandLine.Health;
using KafkaFunctions.SelfHost.CommandLine.Produce;
using KafkaFunctions.SelfHost.CommandLine.State;
using KafkaFunctions.SelfHost.CommandLine.Tail;
using KafkaFunctions.SelfHost.CommandLine.Topics;
using KafkaFunctions.SelfHost.CommandLine.Topology;
using KafkaFunctions.SelfHost.CommandLine.Usage;

namespace KafkaFunctions.SelfHost.CommandLine;

/// <summary>No command: run the functions.</summary>
internal sealed class HostCommand : RootCommand, IHelpNotes
{
    /// <summary>The option that names the functions that run.</summary>
    public const string FunctionsOption = "--functions";

    /// <summary>Without a terminal the library would not wrap the help at all.</summary>
    private const int HelpWidth = 120;

    private readonly Option<bool> _demo = new("--demo")
    {
        Description = "Feed the pipeline with generated web logs and show live what flows.",
    };

    private readonly Option<double?> _rate = new("--rate")
    {
        Description = $"Records per second of the demo; 0: as fast as possible [default: {HostRunOptions.DefaultDemoRate}].",
        HelpName = "N",
        CustomParser = ArgumentValues.Rate,
    };

    private readonly PortOption _port = new();

    private readonly Option<string[]> _functions = new(FunctionsOption)
    {
        Description = "Run only these functions [default: all].",
        HelpName = "A,B",
        CustomParser = ArgumentValues.Names,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    public HostCommand(CommandConsole console)
        : base("Runs the functions of this app: each is triggered by a Kafka topic, transforms, filters or aggregates its records, and "
            + "emits to output topics. Without a command the app runs until Ctrl-C. With no broker and no storage account configured, "
            + "topics and state live in files beside the app: nothing needs to be installed.")
    {
        Add(_demo);
        Add(_rate);
        Add(_port);
        Add(_functions);
        Add(new TopicsCommand(console));
        Add(new TailCommand(console));
        Add(new ProduceCommand(console));
        Add(new GroupsCommand(console));
        Add(new StateCommand(console));
        Add(new HealthCommand(console));
        Add(new TopologyCommand(console));
        Validators.Add(Check);
        Action = new BindAction(parsed => new RunHost(Read(parsed)));

        var help = Options.OfType<HelpOption>().Single();
        var libraryHelp = (HelpAction)help.Action!;
        libraryHelp.MaxWidth = Math.Min(libraryHelp.MaxWidth, HelpWidth);
        help.Action = new HelpWithNotes(libraryHelp);
    }

    public string HelpNotes => HostHelp.Notes;

    private HostRunOptions Read(ParseResult parsed) => new()
    {
        Demo = parsed.GetValue(_demo),
        DemoRate = parsed.GetValue(_rate) ?? HostRunOptions.DefaultDemoRate,
        Port = (int?)parsed.GetValue(_port),
        Functions = parsed.GetValue(_functions) ?? [],
    };

    private void Check(CommandResult result)
    {
        if (result.GetResult(_rate) is not null && result.GetResult(_demo) is null)
        {
            result.AddError($"{_rate.Name} is the rate of the demo: add {_demo.Name}.");
        }
    }
}
