using KafkaFunctions.Worker.Queries;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.Operations;

/// <summary>Reads what functions keep: one key of a store, or a listing.</summary>
public sealed class QueryState(StateQueries queries)
{
    /// <summary>The entry of <paramref name="key"/>; without one, the entries of <paramref name="store"/> page by page.</summary>
    [Function(nameof(QueryState))]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "state/{store}/{*key}")] HttpRequest request,
        string store,
        string? key,
        FunctionContext context) => queries.AnswerAsync(request, store, key, context.CancellationToken);
}
