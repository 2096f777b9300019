using System.Globalization;

namespace KafkaFunctions.TestSupport.Otlp;

/// <summary>Reads <c>ExportTraceServiceRequest</c> (opentelemetry/proto/collector/trace/v1).</summary>
internal static class OtlpTraces
{
    private const string ServiceName = "service.name";

    public static List<OtlpSpan> Read(ReadOnlySpan<byte> request)
    {
        var spans = new List<OtlpSpan>();
        for (var reader = new ProtoReader(request); reader.Read();)
        {
            if (reader.Field == 1)
            {
                ReadResourceSpans(reader.Value, spans);
            }
        }

        return spans;
    }

    private static void ReadResourceSpans(ReadOnlySpan<byte> message, List<OtlpSpan> spans)
    {
        var service = "";
        for (var reader = new ProtoReader(message); reader.Read();)
        {
            switch (reader.Field)
            {
                case 1:
                    service = ReadAttributes(reader.Value, 1).GetValueOrDefault(ServiceName, "");
                    break;
                case 2:
                    ReadScopeSpans(reader.Value, service, spans);
                    break;
            }
        }
    }

    private static void ReadScopeSpans(ReadOnlySpan<byte> message, string service, List<OtlpSpan> spans)
    {
        var source = "";
        for (var reader = new ProtoReader(message); reader.Read();)
        {
            switch (reader.Field)
            {
                case 1:
                    source = ReadText(reader.Value, 1);
                    break;
                case 2:
                    spans.Add(ReadSpan(reader.Value, service, source));
                    break;
            }
        }
    }

    private static OtlpSpan ReadSpan(ReadOnlySpan<byte> message, string service, string source)
    {
        var (trace, span, parent, name) = ("", "", "", "");
        var links = new List<(string, string)>();
        for (var reader = new ProtoReader(message); reader.Read();)
        {
            switch (reader.Field)
            {
                case 1:
                    trace = reader.Hex;
                    break;
                case 2:
                    span = reader.Hex;
                    break;
                case 4:
                    parent = reader.Hex;
                    break;
                case 5:
                    name = reader.Text;
                    break;
                case 13:
                    links.Add((ReadHex(reader.Value, 1), ReadHex(reader.Value, 2)));
                    break;
            }
        }

        return new OtlpSpan(service, source, trace, span, parent, name, ReadAttributes(message, 9), links);
    }

    /// <summary>Key-value pairs in a field of a message.</summary>
    private static Dictionary<string, string> ReadAttributes(ReadOnlySpan<byte> message, int field)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var reader = new ProtoReader(message); reader.Read();)
        {
            if (reader.Field == field)
            {
                attributes[ReadText(reader.Value, 1)] = ReadValue(reader.Value);
            }
        }

        return attributes;
    }

    private static string ReadValue(ReadOnlySpan<byte> pair)
    {
        for (var reader = new ProtoReader(pair); reader.Read();)
        {
            if (reader.Field == 2)
            {
                for (var value = new ProtoReader(reader.Value); value.Read();)
                {
                    return value.Field == 1 ? value.Text : value.Number.ToString(CultureInfo.InvariantCulture);
                }
            }
        }

        return "";
    }

    private static string ReadText(ReadOnlySpan<byte> message, int field)
    {
        for (var reader = new ProtoReader(message); reader.Read();)
        {
            if (reader.Field == field)
            {
                return reader.Text;
            }
        }

        return "";
    }

    private static string ReadHex(ReadOnlySpan<byte> message, int field)
    {
        for (var reader = new ProtoReader(message); reader.Read();)
        {
            if (reader.Field == field)
            {
                return reader.Hex;
            }
        }

        return "";
    }
}
