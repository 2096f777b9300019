namespace KafkaFunctions.SelfHost.CommandLine;

/// <summary>Options of running the host, from the command line.</summary>
internal sealed record HostRunOptions
{
    /// <summary>Input records per second of the demo, where the command line says nothing.</summary>
    public const double DefaultDemoRate = 50;

    /// <summary>Port of the HTTP endpoint; null: <c>Host.LocalHttpPort</c> of local.settings.json, else 7071.</summary>
    public int? Port { get; init; }

    /// <summary>Run only these functions; empty (default): all.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>What names <see cref="Functions"/>: the option, or the settings.</summary>
    public string FunctionsAreNamedBy { get; init; } = HostCommand.FunctionsOption;

    /// <summary>Feed the pipeline with generated input and show what flows.</summary>
    public bool Demo { get; init; }

    /// <summary>Input records per second of the demo; 0: as fast as the pipeline takes them.</summary>
    public double DemoRate { get; init; } = DefaultDemoRate;
}
