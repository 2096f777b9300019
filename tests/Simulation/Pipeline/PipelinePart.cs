using KafkaFunctions.Simulation.Checks;
using KafkaFunctions.Simulation.Scheduling;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Worker.Catalog;

namespace KafkaFunctions.Simulation.Pipeline;

/// <summary>Functions under test that belong together, what comes in for them from outside, and what has to come out.</summary>
internal abstract class PipelinePart
{
    /// <summary>Event time between two moments at which records come in.</summary>
    protected const int TimeBetweenInputs = 1_000;

    public abstract PartKind Kind { get; }

    /// <summary>Topics with records from outside, and the others; no other part has them.</summary>
    public abstract IReadOnlyList<string> Topics { get; }

    public abstract IReadOnlyList<SimulatedFunction> Functions { get; }

    /// <summary>The records that come in at a moment.</summary>
    /// <param name="moment">Its number, from 1 on.</param>
    /// <param name="dice">All chance.</param>
    public abstract IEnumerable<Input> InputsAt(int moment, Dice dice);

    /// <summary>Whether all records from outside are there before anything runs.</summary>
    public virtual bool IsThereAtOnce => false;

    /// <summary>A function that stands still until the others have nothing left to do; null for none.</summary>
    public virtual string? StandsStill => null;

    /// <summary>The records that come in last.</summary>
    public virtual IEnumerable<Input> LastInputs(Dice dice) => [];

    /// <summary>The records that come in when all have come to rest, each when the one before has been processed.</summary>
    public virtual IEnumerable<Input> InputsAtRest(Dice dice) => [];

    /// <summary>The records that come in when rows that hold nothing any more have been deleted, each when the one before has been
    /// processed.</summary>
    public virtual IEnumerable<Input> InputsAfterCleanUp(Dice dice) => [];

    /// <summary>Whether the broker refuses a record for good.</summary>
    public virtual bool Refuses(string topic, OutputRecord record) => false;

    /// <returns>What is wrong in the end; null where nothing is.</returns>
    public abstract string? FirstProblem(World world, Survivors survivors);

    protected static KafkaOutputBinding Output(string topic) => new(KafkaOutputBinding.Return, "", topic);

    protected static KafkaOutputBinding Output(string binding, string topic) => new(binding, "", topic);
}
