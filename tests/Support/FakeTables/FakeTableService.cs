using System.Net;
using System.Text;

namespace KafkaFunctions.TestSupport;

/// <summary>A table service in this process, as far as the state adapter uses one: inserts, replaces, deletes, point reads and
/// transactions. It can throttle, answer slowly, and fail as it is told.</summary>
internal sealed class FakeTableService : HttpMessageHandler
{
    public const string ConnectionString =
        "DefaultEndpointsProtocol=http;AccountName=fake;AccountKey=ZmFrZQ==;TableEndpoint=http://fake.invalid/fake;";

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Table, string Partition, string Row), (string ETag, string Body)> _rows = [];
    private long _version;
    private long _requests;
    private long _refused;
    private long _accepted;
    private int _inFlight;

    /// <summary>Limits; null (default) for none.</summary>
    public FakeThrottle? Throttle { get; init; }

    /// <summary>Seconds of the Retry-After that throttled requests get; null (default) for none.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Milliseconds that a request takes.</summary>
    public (int From, int To) Latency { get; set; }

    /// <summary>Called with the number of each request on entities, from 1; what it returns is what the request meets.</summary>
    public Func<long, FakeFault?> Faults { get; set; } = _ => null;

    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Throttled requests.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Rows written or read.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>Largest request so far.</summary>
    public long LargestRequestBytes { get; private set; }

    /// <summary>Most requests at a time so far.</summary>
    public int MostInFlight { get; private set; }

    public int CountRows(string partition)
    {
        lock (_lock)
        {
            return _rows.Keys.Count(key => key.Partition == partition);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        var isTransaction = path.EndsWith("/$batch", StringComparison.Ordinal);
        var etag = request.Headers.TryGetValues("If-Match", out var values) ? values.First() : null;
        var single = isTransaction ? null : FakeOperation.Parse(request.Method.Method, path, etag, body);
        var operations = isTransaction ? FakeOperation.ParseTransaction(body!) : single is null ? [] : [single];
        lock (_lock)
        {
            MostInFlight = Math.Max(MostInFlight, ++_inFlight);
        }

        try
        {
            await Task.Delay(Random.Shared.Next(Latency.From, Latency.To + 1), cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }

        lock (_lock)
        {
            LargestRequestBytes = Math.Max(LargestRequestBytes, body?.Length ?? 0);
            return Answer(operations, isTransaction);
        }
    }

    private static HttpResponseMessage Error(int status, string code, int? retryAfter = null)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent(ErrorBody(code, code), Encoding.UTF8, "application/json"),
        };
        answer.Headers.Add("x-ms-error-code", code);
        if (retryAfter is { } seconds)
        {
            answer.Headers.Add("Retry-After", $"{seconds}");
        }

        return answer;
    }

    private static string ErrorBody(string code, string message) =>
        "{\"odata.error\":{\"code\":\"" + code + "\",\"message\":{\"lang\":\"en-US\",\"value\":\"" + message + "\"}}}";

    private HttpResponseMessage Answer(List<FakeOperation> operations, bool isTransaction)
    {
        if (operations.Count == 0)
        {
            return new HttpResponseMessage(HttpStatusCode.NoContent);
        }

        var fault = Faults(Interlocked.Increment(ref _requests));
        if (fault is { IsApplied: false })
        {
            return fault.Status == 0 ? throw new HttpRequestException("The connection broke.") : Error(fault.Status, fault.Code, fault.RetryAfter);
        }

        if (Throttle is { } throttle && !throttle.TryTake(operations[0].Partition, operations.Count))
        {
            Interlocked.Increment(ref _refused);
            return Error(503, "ServerBusy", RetryAfter);
        }

        var answer = Apply(operations, isTransaction);
        return fault is null ? answer : fault.Status == 0 ? throw new HttpRequestException("The answer was lost.") : Error(fault.Status, fault.Code, fault.RetryAfter);
    }

    private HttpResponseMessage Apply(List<FakeOperation> operations, bool isTransaction)
    {
        if (operations is [{ Method: "GET" } read])
        {
            return Read(read);
        }

        for (var i = 0; i < operations.Count; i++)
        {
            if (Check(operations[i]) is (var status, var code))
            {
                return isTransaction ? Multipart([$"HTTP/1.1 {status} Failed\r\nContent-Type: application/json\r\n\r\n{ErrorBody(code, $"{i}:{code}")}"]) : Error(status, code);
            }
        }

        var etags = operations.Select(Write).ToArray();
        Interlocked.Add(ref _accepted, operations.Count);
        if (isTransaction)
        {
            return Multipart([.. etags.Select(etag => $"HTTP/1.1 204 No Content\r\n{(etag is null ? "" : $"ETag: {etag}\r\n")}\r\n")]);
        }

        var answer = new HttpResponseMessage(HttpStatusCode.NoContent);
        if (etags[0] is { } single)
        {
            answer.Headers.TryAddWithoutValidation("ETag", single);
        }

        return answer;
    }

    private HttpResponseMessage Read(FakeOperation read)
    {
        if (!_rows.TryGetValue((read.Table, read.Partition, read.Row), out var row))
        {
            return Error(404, "ResourceNotFound");
        }

        Interlocked.Increment(ref _accepted);
        var etag = row.ETag.Replace("\"", "\\\"", StringComparison.Ordinal);
        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent($"{{\"odata.etag\":\"{etag}\",{row.Body[1..]}", Encoding.UTF8, "application/json"),
        };
    }

    private (int Status, string Code)? Check(FakeOperation write)
    {
        var isThere = _rows.TryGetValue((write.Table, write.Partition, write.Row), out var row);
        return write.Method switch
        {
            "POST" => isThere ? (409, "EntityAlreadyExists") : null,
            _ when !isThere => (404, "ResourceNotFound"),
            _ => row.ETag == write.ETag ? null : (412, "UpdateConditionNotSatisfied"),
        };
    }

    private string? Write(FakeOperation write)
    {
        var key = (write.Table, write.Partition, write.Row);
        if (write.Method == "DELETE")
        {
            _rows.Remove(key);
            return null;
        }

        var etag = $"W/\"{++_version}\"";
        _rows[key] = (etag, write.Body!);
        return etag;
    }

    private static HttpResponseMessage Multipart(string[] parts)
    {
        var text = new StringBuilder("--batch\r\nContent-Type: multipart/mixed; boundary=changes\r\n\r\n");
        foreach (var part in parts)
        {
            text.Append("--changes\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n").Append(part).Append("\r\n");
        }

        text.Append("--changes--\r\n--batch--\r\n");
        var content = new StringContent(text.ToString());
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/mixed; boundary=batch");
        return new HttpResponseMessage(HttpStatusCode.Accepted) { Content = content };
    }
}
