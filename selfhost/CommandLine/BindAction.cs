using System.CommandLine;
using System.CommandLine.Invocation;

namespace KafkaFunctions.SelfHost.CommandLine;

/// <summary>Turns a parsed command into what is to be run; the running itself is the caller's.</summary>
internal sealed class BindAction(Func<ParseResult, SelfHostInvocation> bind) : SynchronousCommandLineAction
{
    public SelfHostInvocation Bind(ParseResult parseResult) => bind(parseResult);

    public override int Invoke(ParseResult parseResult) =>
        throw new NotSupportedException($"Commands are bound by {nameof(SelfHostCommandLine)}, not invoked.");
}
