using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Worker.Catalog;
using KafkaFunctions.Worker.Outputs;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Worker.DeadLetters;

/// <summary>The dead letters of one invocation.</summary>
/// <param name="function">The function.</param>
/// <param name="batch">The batch with the outcome of each record; null where the function ran no stream processor.</param>
internal sealed class DeadLetterBatch(FunctionEntry function, ProcessedBatch? batch)
{
    public string Topic => function.Trigger?.DeadLetterTopic ?? "";

    /// <summary>The letters, in the order of their source records within each partition.</summary>
    public List<OutputRecord> Records { get; } = [];

    /// <summary>Why the first letter is one; null where there is none.</summary>
    public string? FirstReason { get; private set; }

    /// <summary>Adds the records that the function could not process.</summary>
    public void AddPoison()
    {
        if (batch is null || batch.Result.Poison == 0)
        {
            return;
        }

        for (var i = 0; i < batch.Records.Length; i++)
        {
            var outcome = batch.Result.Outcomes[i];
            if (outcome.Kind == RecordOutcomeKind.Poison)
            {
                Add(batch.Records[i], outcome.Error!, outcome.Attempts);
            }
        }
    }

    /// <summary>Takes the records out whose outputs a topic does not take: their source becomes a dead letter, and none of its
    /// outputs is published.</summary>
    /// <param name="outputs">What the function returned, by topic.</param>
    /// <param name="maxRecordBytes">A topic's largest record.</param>
    /// <returns>The outputs that remain.</returns>
    /// <exception cref="RecordTooLargeException">An output is too large and its source record is not known.</exception>
    public async ValueTask<IReadOnlyList<PendingOutputs>> TakeTooLargeAsync(
        IReadOnlyList<PendingOutputs> outputs,
        Func<string, ValueTask<long>> maxRecordBytes)
    {
        Dictionary<(int Partition, long Offset), RecordTooLargeException>? tooLarge = null;
        foreach (var pending in outputs)
        {
            if (pending.Records.Count == 0)
            {
                continue;
            }

            var limit = await maxRecordBytes(pending.Topic).ConfigureAwait(false);
            foreach (var record in pending.Records)
            {
                var size = RecordSize.Of(record);
                if (size > limit)
                {
                    var error = new RecordTooLargeException(pending.Topic, size, limit);
                    (tooLarge ??= []).TryAdd(SourceOf(record) ?? throw error, error);
                }
            }
        }

        return tooLarge is null ? outputs : Take(outputs, tooLarge);
    }

    /// <summary>Adds the source records of outputs that a topic's rules do not accept; each once, however many of its outputs
    /// were refused.</summary>
    public void AddRefused(IReadOnlyCollection<(OutputRecord Record, RecordRefusedException Error)> refused)
    {
        foreach (var (output, error) in refused.DistinctBy(refusal => (refusal.Record.Origin!.Value.Partition, refusal.Record.Origin.Value.Offset)))
        {
            var source = SourceOf(output) ?? throw error;
            Add(batch!.Records.First(record => (record.Partition, record.Offset) == source), error, attempts: 1);
        }

        if (refused.Count > 0)
        {
            InOrderOfSource();
        }
    }

    /// <summary>Gives the letters their identity and makes them fit their topic.</summary>
    /// <param name="stamp">The function's identity.</param>
    /// <param name="limit">The dead-letter topic's largest record.</param>
    /// <exception cref="DeadLetterTooLargeException">One does not fit, even without the error's message.</exception>
    public void Seal(IdentityStamp stamp, long limit)
    {
        for (var i = 0; i < Records.Count; i++)
        {
            stamp.Apply(Records[i]);
            if (RecordSize.Of(Records[i]) <= limit)
            {
                continue;
            }

            Records[i] = DeadLetter.WithoutMessage(Records[i]);
            stamp.Apply(Records[i]);
            if (RecordSize.Of(Records[i]) is var size && size > limit)
            {
                var origin = Records[i].Origin!.Value;
                throw new DeadLetterTooLargeException(Topic, origin.Partition, origin.Offset, size, limit);
            }
        }
    }

    private void Add(KafkaRecord record, Exception error, int attempts)
    {
        FirstReason ??= error.Message;
        Records.Add(DeadLetter.Of(record, function.Name, error, attempts));
    }

    private void InOrderOfSource() =>
        Records.Sort((left, right) => left.Origin!.Value.Offset.CompareTo(right.Origin!.Value.Offset));

    private List<PendingOutputs> Take(
        IReadOnlyList<PendingOutputs> outputs,
        Dictionary<(int Partition, long Offset), RecordTooLargeException> tooLarge)
    {
        foreach (var record in batch!.Records)
        {
            if (tooLarge.TryGetValue((record.Partition, record.Offset), out var error))
            {
                Add(record, error, attempts: 1);
            }
        }

        InOrderOfSource();
        return [.. outputs.Select(pending => pending with { Records = [.. pending.Records.Where(record => SourceOf(record) is not { } source || !tooLarge.ContainsKey(source))] })];
    }

    private (int Partition, long Offset)? SourceOf(OutputRecord record) =>
        batch is not null && record.Origin is { } origin ? (origin.Partition, origin.Offset) : null;
}
