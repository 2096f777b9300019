using KafkaFunctions.Simulation.Brokers;
using KafkaFunctions.Simulation.Pipeline;
using KafkaFunctions.Simulation.Scheduling;
using KafkaFunctions.Simulation.Stores;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Testing.Time;
using KafkaFunctions.Worker.DeadLetters;
using KafkaFunctions.Worker.Outputs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Simulation.Instances;

/// <summary>A process of the app: the shipped middleware and state, on simulated stores, broker and time.</summary>
internal sealed class Instance
{
    public Instance(World world, int number)
    {
        Number = number;
        var time = new SimulatedTime(world.Scheduler, this, world.MillisecondsPerStep);
        State = new StateRuntime(
            new SimulatedStorage(world, this), PipelineCatalog.Application, world.StateOptions, time, SharedMeters.Instance, new SimulatedTopicClient(world, this));
        var options = Options.Create(new OutputOptions { Application = PipelineCatalog.Application, PublishRetries = world.PublishRetries });
        var publisher = new SimulatedPublisher(world, this);
        Dispatcher = new OutputDispatcher(
            world.Pipeline.Catalog,
            publisher,
            SharedMeters.Worker,
            new DeadLetterNotices(StillTime.Instance, NullLogger<DeadLetterNotices>.Instance),
            options,
            time,
            NullLogger<OutputDispatcher>.Instance);
        Middleware = new AcknowledgedOutputMiddleware(world.Pipeline.Catalog, Dispatcher, SharedMeters.Worker, options, time);
        Services = new InstanceServices().Add(world.RunOptions).Add(State).Add(options).Add(world.Pipeline.Catalog);
    }

    public int Number { get; }

    public StateRuntime State { get; }

    public OutputDispatcher Dispatcher { get; }

    public AcknowledgedOutputMiddleware Middleware { get; }

    public InstanceServices Services { get; }

    public bool IsDead { get; set; }

    /// <summary>It stands still before this step.</summary>
    public long PausedUntil { get; set; }

    public override string ToString() => $"#{Number}";
}
