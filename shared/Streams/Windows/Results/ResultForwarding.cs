using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Streams.Windows.Results;

/// <summary>Runs the operators behind windows over final results.</summary>
internal static class ResultForwarding
{
    /// <param name="outputs">The processor's outputs.</param>
    /// <param name="function">The function that the results are called by.</param>
    /// <param name="topic">The topic that stands for their source.</param>
    /// <param name="forward">Sends one on.</param>
    /// <param name="results">The results.</param>
    public static StreamResult Forward(
        IReadOnlyList<string> outputs, string function, string topic, Action<FinalResult, RunContext> forward, IReadOnlyList<(PendingResults Row, FinalResult Result)> results)
    {
        var failed = new List<(OutputRecord, Exception)>();
        var forwarded = new StreamResult(outputs, 0) { FailedResults = failed };
        var context = new RunContext(forwarded.Buffers, [], OriginRule.Restart) { ResultOf = function };
        var trace = TraceHeaders.OfCurrentActivity();
        foreach (var (row, result) in results)
        {
            var input = new InputRecord(topic, row.Bucket.Number, row.Row.Number, result.Key, result.Value, result.Timestamp, trace);
            context.Resume(in input, 0, row.Emitted);
            try
            {
                forward(result, context);
            }
            catch (Exception error) when (error is not (OperationCanceledException or RetryRecordException or OutOfMemoryException))
            {
                context.RollBack();
                failed.Add((OutputOf(in input, row.Emitted, function), error));
            }

            row.Emitted = Math.Max(context.Emitted, row.Emitted + 1);
        }

        return forwarded;
    }

    private static OutputRecord OutputOf(in InputRecord input, int index, string function) => new(input.Key, input.Value)
    {
        Timestamp = input.Timestamp,
        Origin = new RecordOrigin(input.Partition, input.Offset, index, null) { ResultOf = function },
    };
}
