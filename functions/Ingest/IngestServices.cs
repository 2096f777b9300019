using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KafkaFunctions.App.Ingest;

/// <summary>Registers what ingest needs.</summary>
internal static class IngestServices
{
    // Array.MaxLength is a little less than int.MaxValue.
    private const int MaxBodyBytes = 1024 * 1024 * 1024;

    /// <summary>Adds the publisher of ingest and its settings, which are checked when the app starts.</summary>
    public static IServiceCollection AddIngest(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IngestPublisher>();
        services.AddOptions<IngestOptions>()
            .BindConfiguration(IngestOptions.SectionName)
            .Validate(
                options => options.MaxBodyBytes is > 0 and <= MaxBodyBytes,
                $"Ingest:MaxBodyBytes must be from 1 to {MaxBodyBytes}.")
            .Validate(options => options.MaxRecords > 0, "Ingest:MaxRecords must be at least 1.")
            .Validate(
                options => options.AcknowledgeTimeout > TimeSpan.Zero && options.AcknowledgeTimeout <= TimeSpan.FromDays(1),
                "Ingest:AcknowledgeTimeout must be a time of at most one day, such as 00:00:30.")
            .ValidateOnStart();
        return services;
    }
}
