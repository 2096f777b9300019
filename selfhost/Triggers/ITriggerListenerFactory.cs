using KafkaFunctions.SelfHost.Functions;

namespace KafkaFunctions.SelfHost.Triggers;

/// <summary>Makes the listeners of one type of trigger. Registered as a service.</summary>
internal interface ITriggerListenerFactory
{
    /// <summary>The type, such as <c>kafkaTrigger</c>.</summary>
    string TriggerType { get; }

    /// <summary>Makes a function's listener; nothing is connected yet.</summary>
    /// <exception cref="Streams.KafkaFunctionsException">The trigger's settings are wrong: the host says why and ends.</exception>
    ITriggerListener Create(FunctionDescriptor function);
}
