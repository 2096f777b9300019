using KafkaFunctions.SelfHost.CommandLine.Output;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.SelfHost.CommandLine.Tail;

/// <summary>Prints records as they arrive.</summary>
internal sealed class TopicTail(ITopicClient topics, CommandConsole console)
{
    private readonly TextWriter _output = console.Output;

    /// <summary>Prints until the topic's end, the count or the cancellation is reached: each of them is a good end.</summary>
    public async Task<int> RunAsync(TailRequest request, CancellationToken cancellationToken)
    {
        // Also cancelled where the output is closed while the next record is being waited for.
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            if (await FindMissingPartitionAsync(request, cancellationToken) is { } problem)
            {
                return CommandRun.Fail(console, problem);
            }

            await PrintAsync(request, reading);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }

        await _output.FlushAsync(CancellationToken.None);
        return ExitStatus.Done;
    }

    /// <summary>A read of a partition that does not exist would be told that the topic does not.</summary>
    private async Task<string?> FindMissingPartitionAsync(TailRequest request, CancellationToken cancellationToken)
    {
        if (request.Partition is not { } partition)
        {
            return null;
        }

        var topic = await topics.FindAsync(request.Topic, cancellationToken) ?? throw new TopicNotFoundException(request.Topic);
        return partition < topic.Partitions ? null : $"Topic '{topic.Name}' has no partition {partition}: --partition takes 0 to {topic.Partitions - 1}.";
    }

    private async Task PrintAsync(TailRequest request, CancellationTokenSource reading)
    {
        using var json = new JsonLineWriter(_output);
        var read = new ReadRequest(request.Topic)
        {
            Partition = request.Partition,
            FromBeginning = request.FromBeginning,
            Follow = request.Follow,
        };

        await using var records = topics.ReadAsync(read, reading.Token).GetAsyncEnumerator(reading.Token);
        for (var printed = 0L; request.Count is null || printed < request.Count; printed++)
        {
            var next = records.MoveNextAsync().AsTask();
            if (!next.IsCompleted)
            {
                await FlushAsync(next, reading);
            }

            if (!await next)
            {
                return;
            }

            if (request.AsJson)
            {
                json.Write(records.Current, RecordJson.Write);
            }
            else
            {
                RecordText.Write(_output, records.Current);
            }
        }
    }

    /// <summary>What is printed is shown when there is nothing more to print at once.</summary>
    private async Task FlushAsync(Task next, CancellationTokenSource reading)
    {
        try
        {
            await _output.FlushAsync(CancellationToken.None);
        }
        catch
        {
            // A read that is still under way must not be disposed of.
            await reading.CancelAsync();
            await next.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }
}
