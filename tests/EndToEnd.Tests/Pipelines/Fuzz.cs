using System.IO.Compression;
using System.Text;

namespace KafkaFunctions.EndToEnd.Tests.Pipelines;

/// <summary>Input that is nearly right. The same seed gives the same input.</summary>
internal sealed class Fuzz(int seed)
{
    private static readonly string[] ContentTypes =
    [
        "application/json", "application/x-ndjson", "text/plain", "text/plain; charset=utf-8", "application/vnd.e2e+json", "text/plain; charset=utf-16", "nonsense",
    ];

    private static readonly string[] Codings = ["", "", "", "", "", "", "gzip", "gzip", "br", "deflate", "zip"];

    private static readonly string[] Bodies =
    [
        """{"id":"a","value":{"keep":[1,2,3]}}""",
        """[{"id":1},{"id":true},{"id":null},[],"text",12.5e3]""",
        "{\"id\":\"a\"}\n{\"id\":\"b\"}\r\n\n{\"id\":\"c\"}\n",
        "one line\nanother keep line\n\nlast",
        """{"id":"\ud83d\ude00","deep":[[[[[[[[[[]]]]]]]]]]}""",
        "",
    ];

    private static readonly string[] Lines =
    [
        """203.0.113.7 - frank [01/Mar/2026:12:00:00 +0100] "GET /cart?id=7 HTTP/1.1" 200 512 "https://shop.example/" "Mozilla/5.0 (X11; Linux)" """,
        """2001:db8::1 - - [28/Feb/2026:23:59:59 +0000] "POST /order HTTP/2.0" 503 -""",
        """10.0.0.1 - - [01/Jan/2026:00:00:00 +0000] "HEAD / HTTP/1.0" 304 0 "-" "curl/8.5.0" """,
    ];

    private readonly Random _random = new(seed);

    /// <summary>A line of an access log with up to three mistakes; now and then none, or no value at all.</summary>
    public byte[]? Line() => _random.Next(20) == 0 ? null : Mutate(Encoding.UTF8.GetBytes(Lines[_random.Next(Lines.Length)]), _random.Next(4));

    /// <summary>A request to ingest.</summary>
    public HttpRequestMessage Request(string path)
    {
        var body = _random.Next(10) == 0 ? Noise() : Mutate(Encoding.UTF8.GetBytes(Bodies[_random.Next(Bodies.Length)]), _random.Next(3));
        var coding = Codings[_random.Next(Codings.Length)];
        var content = new ByteArrayContent(_random.Next(8) == 0 ? body : Encode(body, coding));
        content.Headers.TryAddWithoutValidation("Content-Type", ContentTypes[_random.Next(ContentTypes.Length)]);
        if (coding.Length > 0)
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        }

        var query = _random.Next(12) switch { 0 => "?keyField=id", 1 => "?keyField=value.keep", 2 => "?keyField=", _ => "" };
        var request = new HttpRequestMessage(HttpMethod.Post, path + query) { Content = content };
        if (_random.Next(4) == 0)
        {
            request.Headers.TryAddWithoutValidation("X-Record-Key", _random.Next(2) == 0 ? "key" : "");
        }

        if (_random.Next(4) == 0)
        {
            request.Headers.TryAddWithoutValidation("traceparent", "00-nonsense");
        }

        return request;
    }

    private static byte[] Encode(byte[] body, string coding)
    {
        using var target = new MemoryStream();
        using (Stream? encoder = coding switch
        {
            "gzip" => new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(target, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(target, CompressionLevel.Fastest, leaveOpen: true),
            _ => null,
        })
        {
            (encoder ?? target).Write(body);
        }

        return target.ToArray();
    }

    private byte[] Noise()
    {
        var bytes = new byte[_random.Next(200)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private byte[] Mutate(byte[] bytes, int mistakes)
    {
        var mutated = bytes.ToList();
        for (; mistakes > 0 && mutated.Count > 0; mistakes--)
        {
            var at = _random.Next(mutated.Count);
            switch (_random.Next(4))
            {
                case 0:
                    mutated[at] = (byte)_random.Next(256);
                    break;
                case 1:
                    mutated.RemoveRange(at, _random.Next(mutated.Count - at) + 1);
                    break;
                case 2:
                    mutated.InsertRange(at, Noise());
                    break;
                default:
                    mutated.Insert(at, mutated[at]);
                    break;
            }
        }

        return [.. mutated];
    }
}
