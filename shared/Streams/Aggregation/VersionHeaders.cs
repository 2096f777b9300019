using System.Globalization;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>Tells readers of a topic which of two values is the newer one (design rule 7).</summary>
internal static class VersionHeaders
{
    public static RecordHeader[] Add(RecordHeader[]? headers, long version) =>
    [
        .. (headers ?? []).Where(header => header.Key != HeaderNames.Version),
        RecordHeader.FromText(HeaderNames.Version, version.ToString(CultureInfo.InvariantCulture)),
    ];
}
