using KafkaFunctions.Simulation.Pipeline;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Windows.Maintenance;
using KafkaFunctions.Worker.Outputs;

namespace KafkaFunctions.Simulation.Instances;

/// <summary>What an instance's timer does for a function: it closes windows of partitions that are quiet, as the shipped upkeep does.</summary>
internal static class IdleClose
{
    public static Task<int> RunAsync(World world, Instance instance, SimulatedFunction function)
    {
        var catalog = world.Pipeline.Catalog;
        var entry = catalog.Find(function.Name)!;
        var maintenance = new StateMaintenance(
            function.Processor,
            instance.State,
            new StreamFunction(function.Name, catalog.HonouredBy(entry, PipelineCatalog.Application)) { TopicOf = catalog.TopicOf });
        return maintenance.CloseIdleAsync(
            (results, token) => instance.Dispatcher.DispatchResultsAsync(entry, [.. Route(function, results)], results.FailedResults, token), CancellationToken.None);
    }

    private static IEnumerable<PendingOutputs> Route(SimulatedFunction function, StreamResult results) =>
        from output in results.Outputs
        where results[output].Count > 0
        select new PendingOutputs(function.Outputs.First(binding => binding.Binding == output).Topic, results[output]);
}
