using System.ComponentModel.DataAnnotations;

namespace KafkaFunctions.App.Demo;

/// <summary>What the demo feeds: the settings <c>Demo:…</c>.</summary>
public sealed class DemoOptions
{
    /// <summary>The section of the settings.</summary>
    public const string SectionName = "Demo";

    // More than any broker takes; keeps the count of a tick far within an int.
    private const double MaxRate = 1e9;

    /// <summary>Whether there is live input. Default false.</summary>
    public bool Enabled { get; set; }

    /// <summary>Lines per second; 0 for as many as go. Default 50.</summary>
    [Range(0, MaxRate)]
    public double Rate { get; set; } = 50;

    /// <summary>What the lines depend on, beside their times. Default 1.</summary>
    public int Seed { get; set; } = 1;
}
