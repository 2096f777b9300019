using KafkaFunctions.Simulation.Pipeline;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Worker.Outputs;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Simulation.Instances;

/// <summary>One invocation: the shipped middleware around a function's processor.</summary>
internal static class Invocation
{
    public static async Task RunAsync(World world, Instance instance, SimulatedFunction function, KafkaRecord[] records)
    {
        if (world.Broken == ProtocolRule.Watermarks && function.Processor.IsStateful)
        {
            records = Array.ConvertAll(records, WithoutIdentity);
        }

        var context = new SimulatedContext(function.Definition, instance.Services);
        await instance.Middleware.Invoke(context, _ => RunFunctionAsync(world, instance, function, records, context)).ConfigureAwait(false);
        await CompleteAsync(world, instance, function, context).ConfigureAwait(false);
    }

    private static async Task RunFunctionAsync(
        World world, Instance instance, SimulatedFunction function, KafkaRecord[] records, SimulatedContext context)
    {
        if (!function.Processor.IsStateful)
        {
            function.Return(function.Processor.Run(records, context), context);
            return;
        }

        var result = await function.Processor.RunAsync(
            records, record => record.ToInputRecord(), instance.State, function.Stream, world.RunOptions).ConfigureAwait(false);
        context.Items.Add(typeof(ProcessedBatch), new ProcessedBatch(records, result));
        if (world.Broken == ProtocolRule.PublishBeforeProgress && result.Completion is { } completion)
        {
            await completion.CommitAsync().ConfigureAwait(false);
        }

        function.Return(result, context);
    }

    private static async Task CompleteAsync(World world, Instance instance, SimulatedFunction function, SimulatedContext context)
    {
        if (!context.Items.TryGetValue(typeof(ProcessedBatch), out var item) || ((ProcessedBatch)item).Result.Completion is not { } completion)
        {
            return;
        }

        while (await completion.LookAgainAsync().ConfigureAwait(false) is { } again)
        {
            var outputs = function.Outputs.Select(output => new PendingOutputs(output.Topic, again[output.Binding])).ToList();
            await instance.Dispatcher.DispatchAsync(world.Pipeline.Catalog.Find(function.Name)!, outputs, null, CancellationToken.None).ConfigureAwait(false);
        }

        await completion.CommitAsync().ConfigureAwait(false);
    }

    private static KafkaRecord WithoutIdentity(KafkaRecord record) => new()
    {
        Topic = record.Topic,
        Partition = record.Partition,
        Offset = record.Offset,
        Key = record.Key,
        Value = record.Value,
        Timestamp = record.Timestamp,
        Headers = Array.FindAll(record.Headers, header => header.Key != HeaderNames.Identity),
    };
}
