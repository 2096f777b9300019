using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace KafkaFunctions.SelfHost.CommandLine.Output;

/// <summary>Writes one JSON document per line. Reuses its buffers: not safe for concurrent use.</summary>
internal sealed class JsonLineWriter : IDisposable
{
    // The text goes to terminals and files, never into HTML: letters stay readable.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TextWriter _output;
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly ArrayBufferWriter<char> _chars = new();
    private readonly Utf8JsonWriter _json;

    public JsonLineWriter(TextWriter output)
    {
        _output = output;
        _json = new Utf8JsonWriter(_bytes, Options);
    }

    /// <summary>Writes a line.</summary>
    /// <param name="value">What the document is made of.</param>
    /// <param name="write">Writes the document.</param>
    public void Write<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        _bytes.ResetWrittenCount();
        _chars.ResetWrittenCount();
        _json.Reset();
        write(_json, value);
        _json.Flush();

        Encoding.UTF8.GetChars(_bytes.WrittenSpan, _chars);
        _output.Write(_chars.WrittenSpan);
        _output.Write('\n');
    }

    /// <summary>Gives the buffers back; the output stays open.</summary>
    public void Dispose() => _json.Dispose();
}
