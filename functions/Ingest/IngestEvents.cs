using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.App.Ingest;

/// <summary>Takes records over HTTP and answers when the broker has acknowledged them.</summary>
public sealed class IngestEvents(IngestPublisher publisher, IOptions<IngestOptions> options)
{
    /// <summary>A request's body, to the topic that its path names.</summary>
    [Function(nameof(IngestEvents))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "ingest/{topic}")] HttpRequest request,
        string topic,
        FunctionContext context)
    {
        try
        {
            options.Value.CheckTopic(topic);
            var batch = await IngestBatch.ReadAsync(request, options.Value, context.TraceContext.TraceParent, context.CancellationToken);
            await publisher.PublishAsync(topic, batch, context.CancellationToken);
            return IngestAnswer.Published(topic, batch);
        }
        catch (IngestRejectedException rejection)
        {
            return IngestAnswer.Rejected(rejection);
        }
    }
}
