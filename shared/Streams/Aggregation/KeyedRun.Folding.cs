using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Aggregation;

/// <content>What all folds of a run's operations into rows have in common.</content>
internal sealed partial class KeyedRun<TKey, TValue>
{
    /// <summary>Where an operation's record was read from.</summary>
    public (SourcePartition Source, long Offset) PositionOf(int index)
    {
        var input = this[index].Input;
        return (batch.SourceOf(input), batch.Input(input).Offset);
    }

    /// <summary>What a row is to say about an operation's record, but for what it says.</summary>
    public PendingEntry EntryOf(int index, PendingKind kind)
    {
        var (source, offset) = PositionOf(index);
        return new PendingEntry(source, offset, this[index].Ordinal, kind);
    }

    /// <summary>Whether an error is not to be tried again: the record is poison.</summary>
    public bool IsFinal(Exception error, int attempts) =>
        attempts >= batch.Options.MaxAttempts || error is SerializationException or StateRowTooLargeException;

    /// <summary>Whether an error is none of a record: it ends the run.</summary>
    public bool IsFatal(Exception error) =>
        error is StateCorruptException or BatchStoppedException or OutOfMemoryException
        || (error is OperationCanceledException && CancellationToken.IsCancellationRequested);

    /// <exception cref="BatchStoppedException">The function asks for the operation's record to be delivered again.</exception>
    public void ThrowIfRetry(int index, Exception error, int attempt)
    {
        if (error is RetryRecordException retry && index != RowWork.None)
        {
            throw new BatchStoppedException(this[index].Input, retry, attempt);
        }
    }
}
