using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.SelfHost.Tests.Http;

internal sealed class HttpSamples
{
    [Function("Action")]
    public static IActionResult Action([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "action")] HttpRequest request) =>
        new ObjectResult(new { Method = request.Method }) { StatusCode = StatusCodes.Status202Accepted };

    [Function("Result")]
    public static async Task<IResult> Result([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "result")] HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        return Results.Text(await reader.ReadToEndAsync(request.HttpContext.RequestAborted), statusCode: StatusCodes.Status201Created);
    }

    [Function("Plain")]
    public static string Plain([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => request.Path.Value!;

    [Function("Value")]
    public static object Value([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{kind}/{id:int}")] HttpRequest request, string kind, int id, string? name, FunctionContext context) =>
        new { Kind = kind, Id = id, Name = name, Same = ReferenceEquals(context.GetHttpContext(), request.HttpContext) };

    [Function("Property")]
    public static WithResponse Property([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "property")] HttpRequest request) =>
        new() { Response = new OkObjectResult(request.Method) };

    [Function("Fails")]
    public static IActionResult Fails([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "fails")] HttpRequest request) =>
        throw new InvalidTimeZoneException(request.Method);

    [Function("Function")]
    public static IActionResult Function([HttpTrigger(AuthorizationLevel.Function, "get", Route = "function")] HttpRequest request) => new OkObjectResult(request.Method);

    [Function("Admin")]
    public static IActionResult Admin([HttpTrigger(AuthorizationLevel.Admin, "get", Route = "admin")] HttpRequest request) => new OkObjectResult(request.Method);

    [Function("Tick")]
    public static void Tick([TimerTrigger("0 0 0 1 1 *")] TimerInfo timer) => _ = timer;

    internal sealed class WithResponse
    {
        [HttpResult]
        public IActionResult? Response { get; set; }

        [KafkaOutput("BrokerList", "out")]
        public string[]? Out { get; set; }
    }
}
