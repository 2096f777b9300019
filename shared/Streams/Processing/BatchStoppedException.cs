namespace KafkaFunctions.Streams.Processing;

/// <summary>A record asked to be tried again later, in the midst of applying a batch.</summary>
internal sealed class BatchStoppedException(int input, RetryRecordException retry, int attempts)
    : KafkaFunctionsException(retry.Message, retry)
{
    public int Input => input;

    public RecordOutcome Outcome => RecordOutcome.Retry(retry.After, retry, attempts);
}
