using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.App.WebAnalytics;

/// <summary>Page views as lines of an access log.</summary>
internal sealed class AccessLogSerde : ISerde<PageView>
{
    /// <summary>The one instance; safe for concurrent use.</summary>
    public static AccessLogSerde Instance { get; } = new();

    /// <inheritdoc/>
    public PageView Deserialize(byte[]? bytes) => AccessLogParser.Parse(bytes);

    /// <inheritdoc/>
    public byte[]? Serialize(PageView value) => AccessLogFormatter.Format(value);
}
