using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.App.Filtering;

/// <summary>Registers what the filter needs.</summary>
internal static class FilterServices
{
    /// <summary>Adds the condition, read once.</summary>
    public static IServiceCollection AddFilter(this IServiceCollection services) => services.AddSingleton<FilterCondition>();
}
