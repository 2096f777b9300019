namespace KafkaFunctions.Worker.Outputs;

/// <summary>Who publishes what functions return.</summary>
public enum OutputDelivery
{
    /// <summary>The platform publishes and waits for the broker's acknowledgement; the invocation fails otherwise. The default.</summary>
    Acknowledged,

    /// <summary>The host's own output binding publishes: nothing is waited for, timestamps and tombstones cannot be sent.</summary>
    Binding,
}
