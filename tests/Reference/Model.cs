using KafkaFunctions.Reference.Cases;

namespace KafkaFunctions.Reference;

/// <summary>An operator in the plainest way: one record at a time.</summary>
internal abstract class Model
{
    /// <summary>What the operator's store holds.</summary>
    public virtual IEnumerable<Update> State => [];

    public abstract void Process(InputRecord record, Step step);
}
