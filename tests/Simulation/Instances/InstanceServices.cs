namespace KafkaFunctions.Simulation.Instances;

/// <summary>The services that functions and middleware ask for.</summary>
internal sealed class InstanceServices : IServiceProvider
{
    private readonly Dictionary<Type, object> _services = [];

    public InstanceServices Add<T>(T service)
        where T : class
    {
        _services.Add(typeof(T), service);
        return this;
    }

    public object? GetService(Type serviceType) => _services.GetValueOrDefault(serviceType);
}
