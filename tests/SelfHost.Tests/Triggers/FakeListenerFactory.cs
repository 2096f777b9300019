using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Triggers;

namespace KafkaFunctions.SelfHost.Tests.Triggers;

internal sealed class FakeListenerFactory : ITriggerListenerFactory
{
    public Action<FakeListener> OnCreate { get; set; } = _ => { };

    public List<FakeListener> Listeners { get; } = [];

    public string TriggerType => "kafkaTrigger";

    public ITriggerListener Create(FunctionDescriptor function)
    {
        var listener = new FakeListener(function);
        OnCreate(listener);
        Listeners.Add(listener);
        return listener;
    }
}
