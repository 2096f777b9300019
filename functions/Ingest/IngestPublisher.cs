using KafkaFunctions.Streams;
using KafkaFunctions.Streams.Brokers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.App.Ingest;

/// <summary>Publishes what a request brought, all of it or with an answer that says so. Safe for concurrent use.</summary>
public sealed partial class IngestPublisher(
    IRecordPublisher publisher, IOptions<IngestOptions> options, TimeProvider time, ILogger<IngestPublisher> logger)
{
    /// <summary>Publishes the batch. When it returns, the broker has acknowledged every record.</summary>
    /// <exception cref="IngestRejectedException">The topic does not take a record, or the broker is in trouble.</exception>
    internal async Task PublishAsync(string topic, IngestBatch batch, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Value.AcknowledgeTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            batch.CheckSizes(topic, await publisher.GetMaxRecordBytesAsync(topic, either.Token));
            await publisher.PublishAsync(topic, batch.Records, either.Token);
        }
        catch (RecordTooLargeException exception)
        {
            throw new IngestRejectedException(StatusCodes.Status413PayloadTooLarge, exception.Message, innerException: exception);
        }
        catch (RecordRefusedException exception)
        {
            throw new IngestRejectedException(
                StatusCodes.Status400BadRequest,
                $"Nothing was published. Record {exception.Index} is wrong: {exception.Message}",
                batch.PositionOf(exception.Index),
                exception);
        }
        catch (TopicNotFoundException exception)
        {
            throw Unavailable(topic, $"Nothing was published. {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is KafkaFunctionsException and not IngestRejectedException or OperationCanceledException)
        {
            throw Unavailable(
                topic,
                "The broker has not acknowledged the records. Send them again; should some have been stored after all, they will be there twice.",
                exception);
        }
    }

    private IngestRejectedException Unavailable(string topic, string detail, Exception exception)
    {
        LogUnavailable(topic, exception is OperationCanceledException ? $"no acknowledgement within {options.Value.AcknowledgeTimeout}" : exception.Message);
        return new(StatusCodes.Status503ServiceUnavailable, detail, innerException: exception);
    }

    [LoggerMessage(7001, LogLevel.Warning, "Records for topic {Topic} could not be published; the client was told to send them again: {Reason}")]
    private partial void LogUnavailable(string topic, string reason);
}
