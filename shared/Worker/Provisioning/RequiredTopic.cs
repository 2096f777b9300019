using KafkaFunctions.Worker.Catalog;

namespace KafkaFunctions.Worker.Provisioning;

/// <summary>A topic that the app needs.</summary>
/// <param name="Name">The topic.</param>
/// <param name="Use">What it is to which function, for messages.</param>
/// <param name="Source">The topic whose dead letters it holds; null for the others.</param>
internal sealed record RequiredTopic(string Name, string Use, string? Source)
{
    /// <summary>The topics of all enabled functions, sources before their dead-letter topics, each once.</summary>
    public static IReadOnlyList<RequiredTopic> Of(FunctionCatalog catalog)
    {
        var triggers = catalog.Functions.Where(function => function.Trigger is not null).ToList();
        return
        [
            .. triggers.Select(function => new RequiredTopic(function.Trigger!.Topic, $"trigger of {function.Name}", null))
                .Concat(catalog.Functions.SelectMany(function => function.Outputs.Select(output => new RequiredTopic(output.Topic, $"output of {function.Name}", null))))
                .Concat(triggers.Select(function => new RequiredTopic(function.Trigger!.DeadLetterTopic, $"dead letters of {function.Name}", function.Trigger.Topic)))
                .DistinctBy(topic => topic.Name),
        ];
    }
}
