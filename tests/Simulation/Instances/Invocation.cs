using KafkaFunctions.Simulation.Pipeline;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Testing.Instances;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Simulation.Instances;

/// <summary>One invocation: the shipped middleware around a function's processor.</summary>
internal static class Invocation
{
    public static Task RunAsync(World world, Instance instance, SimulatedFunction function, KafkaRecord[] records)
    {
        if (world.Broken == ProtocolRule.Watermarks && function.Processor.IsStateful)
        {
            records = Array.ConvertAll(records, WithoutIdentity);
        }

        var context = new ProcessorContext(function.Definition, instance.Services);
        return instance.Middleware.Invoke(context, _ => RunFunctionAsync(world, function, records, context));
    }

    /// <summary>What a function of the app does.</summary>
    private static async Task RunFunctionAsync(World world, SimulatedFunction function, KafkaRecord[] records, ProcessorContext context)
    {
        var result = function.Processor.IsStateful || function.LooksUp
            ? await function.Processor.RunAsync(records, context).ConfigureAwait(false)
            : function.Processor.Run(records, context);
        if (world.Broken == ProtocolRule.PublishBeforeProgress && result.Completion is { } completion)
        {
            await completion.CommitAsync().ConfigureAwait(false);
        }

        function.Return(result, context);
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
