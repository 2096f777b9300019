using KafkaFunctions.Simulation.Pipeline;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Windows.Maintenance;
using KafkaFunctions.Worker.Outputs;

namespace KafkaFunctions.Simulation.Instances;

/// <summary>What an instance's timers do for a function, by the shipped maintenance.</summary>
internal static class Upkeep
{
    /// <summary>Closes windows of partitions that are quiet.</summary>
    public static Task CloseIdleAsync(World world, Instance instance, SimulatedFunction function)
    {
        var entry = world.Pipeline.Catalog.Find(function.Name)!;
        return MaintenanceOf(world, instance, function).CloseIdleAsync(
            (results, token) => instance.Dispatcher.DispatchResultsAsync(entry, [.. Route(function, results)], results.FailedResults, token), CancellationToken.None);
    }

    /// <summary>Deletes rows of keys that hold nothing any more.</summary>
    public static Task CleanUpAsync(World world, Instance instance, SimulatedFunction function) =>
        MaintenanceOf(world, instance, function).DeleteExpiredAsync(CancellationToken.None);

    private static StateMaintenance MaintenanceOf(World world, Instance instance, SimulatedFunction function)
    {
        var catalog = world.Pipeline.Catalog;
        var entry = catalog.Find(function.Name)!;
        return new StateMaintenance(
            function.Processor,
            instance.State,
            new StreamFunction(function.Name, catalog.HonouredBy(entry, PipelineCatalog.Application)) { TopicOf = catalog.TopicOf });
    }

    private static IEnumerable<PendingOutputs> Route(SimulatedFunction function, StreamResult results) =>
        from output in results.Outputs
        where results[output].Count > 0
        select new PendingOutputs(function.Outputs.First(binding => binding.Binding == output).Topic, results[output]);
}
