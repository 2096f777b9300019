using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.Worker;

/// <summary>Configures the platform further, after <c>AddKafkaFunctions</c>.</summary>
public interface IKafkaFunctionsBuilder
{
    /// <summary>The app's services.</summary>
    IServiceCollection Services { get; }
}
