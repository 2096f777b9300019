using System.CommandLine;

namespace KafkaFunctions.SelfHost.CommandLine.Usage;

/// <summary><c>--port</c>: where the app's HTTP endpoint is.</summary>
internal sealed class PortOption : Option<long?>
{
    public PortOption()
        : base("--port")
    {
        Description = "Port of the HTTP endpoint [default: Host.LocalHttpPort of local.settings.json, else 7071].";
        HelpName = "N";
        CustomParser = ArgumentValues.WholeNumber(1, ushort.MaxValue);
    }
}
