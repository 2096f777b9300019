using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.Worker;

/// <summary>The builder; in the services it marks that the platform is added.</summary>
internal sealed record KafkaFunctionsBuilder(IServiceCollection Services) : IKafkaFunctionsBuilder;
