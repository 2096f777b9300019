using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace KafkaFunctions.SelfHost.CommandLine.Usage;

/// <summary>The library's help, then the command's own notes.</summary>
internal sealed class HelpWithNotes(HelpAction help) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var status = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is IHelpNotes notes)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(notes.HelpNotes.Replace("{app}", RootCommand.ExecutableName, StringComparison.Ordinal));
        }

        return status;
    }

    public override bool ClearsParseErrors => true;
}
