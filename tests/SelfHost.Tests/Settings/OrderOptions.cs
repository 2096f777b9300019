namespace KafkaFunctions.SelfHost.Tests.Settings;

/// <summary>Options of an app.</summary>
public sealed class OrderOptions
{
    public const string SectionName = "Orders";

    public int MaxCount { get; set; }
}
