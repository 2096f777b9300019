using System.Text.Json;
using System.Text.RegularExpressions;

namespace KafkaFunctions.TestSupport;

/// <summary>One operation on an entity, alone or in a transaction.</summary>
/// <param name="Method">POST inserts, PUT replaces, DELETE deletes, GET reads.</param>
/// <param name="Table">The table.</param>
/// <param name="Partition">Partition key.</param>
/// <param name="Row">Row key.</param>
/// <param name="ETag">The condition; null for none.</param>
/// <param name="Body">The entity as JSON.</param>
internal sealed partial record FakeOperation(string Method, string Table, string Partition, string Row, string? ETag, string? Body)
{
    /// <summary>Null where the request is about no entity.</summary>
    public static FakeOperation? Parse(string method, string path, string? etag, string? body)
    {
        if (EntityPath().Match(Uri.UnescapeDataString(path)) is { Success: true } entity)
        {
            return new FakeOperation(method, entity.Groups["table"].Value, entity.Groups["pk"].Value, entity.Groups["rk"].Value, etag, body);
        }

        if (method != "POST" || body is null || path.EndsWith("/Tables", StringComparison.Ordinal))
        {
            return null;
        }

        using var json = JsonDocument.Parse(body);
        return new FakeOperation(
            method, path.Split('/')[^1], json.RootElement.GetProperty("PartitionKey").GetString()!, json.RootElement.GetProperty("RowKey").GetString()!, etag, body);
    }

    /// <summary>The operations of a transaction: requests within the request, each with its body on one line.</summary>
    public static List<FakeOperation> ParseTransaction(string content)
    {
        var operations = new List<FakeOperation>();
        string? method = null, path = null, etag = null, body = null;
        foreach (var line in content.Split("\r\n"))
        {
            if (line.StartsWith("--", StringComparison.Ordinal))
            {
                if (method is not null)
                {
                    operations.Add(Parse(method, path!, etag, body)!);
                }

                method = path = etag = body = null;
            }
            else if (line.EndsWith(" HTTP/1.1", StringComparison.Ordinal))
            {
                method = line[..line.IndexOf(' ')];
                path = new Uri(line.Split(' ')[1]).AbsolutePath;
            }
            else if (line.StartsWith("If-Match: ", StringComparison.OrdinalIgnoreCase))
            {
                etag = line["If-Match: ".Length..];
            }
            else if (line.StartsWith('{'))
            {
                body = line;
            }
        }

        return operations;
    }

    [GeneratedRegex("/(?<table>[A-Za-z0-9]+)\\(PartitionKey='(?<pk>[^']*)',RowKey='(?<rk>[^']*)'\\)$")]
    private static partial Regex EntityPath();
}
