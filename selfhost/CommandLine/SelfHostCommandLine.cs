using System.CommandLine;
using KafkaFunctions.SelfHost.CommandLine.Usage;

namespace KafkaFunctions.SelfHost.CommandLine;

/// <summary>The app's command line on the self-host.</summary>
internal static class SelfHostCommandLine
{
    /// <summary>Reads the arguments; prints help or what is wrong with them, where asked for or needed.</summary>
    public static SelfHostInvocation Parse(string[] args) => Parse(args, CommandConsole.OfProcess());

    /// <summary>Reads the arguments, for a given console.</summary>
    public static SelfHostInvocation Parse(string[] args, CommandConsole console)
    {
        // Neither '@file' nor '-ab' has a meaning here: both are more likely values than meant as such.
        var parsed = new HostCommand(console).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (parsed.Action is not (null or BindAction or System.CommandLine.Invocation.ParseErrorAction))
        {
            return ShowInformation(parsed, console);
        }

        var errors = UsageErrors.Find(parsed);
        return errors.Count == 0 && parsed.Action is BindAction action ? action.Bind(parsed) : Refuse(parsed, errors, console);
    }

    /// <summary>Help, version or completions.</summary>
    private static EndNow ShowInformation(ParseResult parsed, CommandConsole console)
    {
        var status = parsed.Invoke(new InvocationConfiguration { Output = console.Output, Error = console.Error });
        console.Output.Flush();
        return new EndNow(status);
    }

    private static EndNow Refuse(ParseResult parsed, IReadOnlyList<string> errors, CommandConsole console)
    {
        foreach (var error in errors)
        {
            console.Error.WriteLine("error: " + error);
        }

        var command = parsed.CommandResult.Command is RootCommand ? "" : CommandPath(parsed.CommandResult.Command) + " ";
        console.Error.WriteLine($"Usage: {RootCommand.ExecutableName} {command}--help");
        return new EndNow(ExitStatus.WrongUsage);
    }

    private static string CommandPath(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent and not RootCommand ? $"{CommandPath(parent)} {command.Name}" : command.Name;
}
