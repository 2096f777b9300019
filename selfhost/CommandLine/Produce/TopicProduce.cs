using System.Globalization;
using System.Threading.Channels;
using KafkaFunctions.Streams;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.SelfHost.CommandLine.Produce;

/// <summary>Publishes the lines of the input. While a batch waits for its acknowledgement the next lines are read: batches
/// are small when lines come slowly, large when they come fast.</summary>
internal sealed class TopicProduce(IRecordPublisher publisher, CommandConsole console, TimeProvider time)
{
    private const int ChunksAhead = 4;

    private long _records;
    private long _lines;
    private int _inFlight;

    public async Task<int> RunAsync(ProduceRequest request, CancellationToken cancellationToken)
    {
        var source = new LineSource(
            console.Input, request.Format, request.Headers, await publisher.GetMaxRecordBytesAsync(request.Topic, cancellationToken));
        var chunks = Channel.CreateBounded<LineChunk>(ChunksAhead);
        if (console.InputIsTerminal)
        {
            console.Error.WriteLine($"Every line becomes a record of '{request.Topic}'; Ctrl-D ends.");
        }

        // Not awaited: a read of a terminal or an idle pipe cannot be cancelled and must not keep the process.
        _ = Task.Run(() => source.FillAsync(chunks.Writer, cancellationToken), CancellationToken.None);
        var progress = new ProduceProgress(console, time);
        try
        {
            var problem = await PublishAsync(request.Topic, chunks.Reader, progress, cancellationToken);
            return problem is null
                ? Finish(progress, request.Topic)
                : Stop(progress, $"Line {_lines + 1} of the input: {problem}.", $"Correct the line and go on with line {_lines + 1}.");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Stop(progress, "Interrupted.", InFlight());
        }
        catch (Exception failure) when (failure is KafkaFunctionsException or IOException)
        {
            return Stop(progress, failure.Message, InFlight());
        }
    }

    /// <returns>What is wrong with the line after the last one published; null at the input's end.</returns>
    private async Task<string?> PublishAsync(string topic, ChannelReader<LineChunk> chunks, ProduceProgress progress, CancellationToken cancellationToken)
    {
        while (await chunks.WaitToReadAsync(cancellationToken))
        {
            var records = new List<OutputRecord>();
            LineChunk? last = null;
            while (chunks.TryRead(out var chunk))
            {
                records.AddRange(chunk.Records);
                last = chunk;
            }

            if (last is null)
            {
                continue;
            }

            if (records.Count > 0)
            {
                _inFlight = records.Count;
                await publisher.PublishAsync(topic, records, cancellationToken);
                _inFlight = 0;
            }

            _records += records.Count;
            _lines = last.LastLine;
            progress.Show(_records);
            if (last.Problem is not null)
            {
                return last.Problem;
            }
        }

        return null;
    }

    private int Finish(ProduceProgress progress, string topic)
    {
        progress.Clear();
        console.Error.WriteLine($"Published {Count(_records)} to '{topic}'.");
        return ExitStatus.Done;
    }

    private int Stop(ProduceProgress progress, string problem, string advice)
    {
        progress.Clear();
        var done = _records == 0 ? "Nothing was published before." : $"Published before: {Count(_records)}, up to line {_lines}.";
        return CommandRun.Fail(console, $"{problem} {done} {advice}".TrimEnd());
    }

    /// <summary>What was sent and not acknowledged may be visible or not.</summary>
    private string InFlight() => _inFlight == 0 ? "" : $"Of the next {Count(_inFlight)}, some may be published as well.";

    private static string Count(long records) => string.Create(CultureInfo.InvariantCulture, $"{records} record{(records == 1 ? "" : "s")}");
}
