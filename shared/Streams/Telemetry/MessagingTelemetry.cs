using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace KafkaFunctions.Streams.Telemetry;

/// <summary>What every library that talks to a broker tells of it, by OpenTelemetry's conventions for messaging. Safe for concurrent use.</summary>
public sealed class MessagingTelemetry
{
    private readonly ActivitySource _source;
    private readonly string _system;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _consumed;
    private readonly Histogram<double> _duration;

    /// <summary>Creates the instruments.</summary>
    /// <param name="source">The library's source of spans.</param>
    /// <param name="meter">The library's meter.</param>
    /// <param name="system">Value of <see cref="MessagingNames.System"/>.</param>
    public MessagingTelemetry(ActivitySource source, Meter meter, string system)
    {
        ArgumentNullException.ThrowIfNull(meter);
        _source = source;
        _system = system;
        _sent = meter.CreateCounter<long>("messaging.client.sent.messages", "{message}", "Records that the broker has acknowledged.");
        _consumed = meter.CreateCounter<long>("messaging.client.consumed.messages", "{message}", "Records that were handed to a function.");
        _duration = meter.CreateHistogram("messaging.client.operation.duration", "s", "How long the broker took.", advice: Durations.Advice);
    }

    /// <summary>Publishes records, in a span, and counts them.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="records">How many.</param>
    /// <param name="send">Publishes them; returns when all are acknowledged.</param>
    public async Task SendAsync(string topic, int records, Func<Task> send)
    {
        ArgumentNullException.ThrowIfNull(send);
        using var span = Start(topic, records);
        var started = Stopwatch.GetTimestamp();
        var tags = new TagList
        {
            { MessagingNames.System, _system },
            { MessagingNames.OperationName, MessagingNames.Send },
            { MessagingNames.Topic, topic },
        };
        try
        {
            await send().ConfigureAwait(false);
            _sent.Add(records, tags);
        }
        catch (Exception error)
        {
            var type = error.GetType().FullName;
            span?.SetTag(MessagingNames.ErrorType, type).SetStatus(ActivityStatusCode.Error, error.Message);
            tags.Add(MessagingNames.ErrorType, type);
            throw;
        }
        finally
        {
            _duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);
        }
    }

    /// <summary>Records were handed to a function.</summary>
    public void Consumed(string topic, string consumerGroup, int records) => _consumed.Add(records, new TagList
    {
        { MessagingNames.System, _system },
        { MessagingNames.OperationName, MessagingNames.Poll },
        { MessagingNames.Topic, topic },
        { MessagingNames.ConsumerGroup, consumerGroup },
    });

    /// <remarks>A client's span, as the conventions want it where the records carry the context of another one: that of what made them.</remarks>
    private Activity? Start(string topic, int records) => !_source.HasListeners() ? null : _source.StartActivity($"{MessagingNames.Send} {topic}", ActivityKind.Client)?
        .SetTag(MessagingNames.System, _system)
        .SetTag(MessagingNames.OperationName, MessagingNames.Send)
        .SetTag(MessagingNames.OperationType, MessagingNames.Send)
        .SetTag(MessagingNames.Topic, topic)
        .SetTag(MessagingNames.MessageCount, records);
}
