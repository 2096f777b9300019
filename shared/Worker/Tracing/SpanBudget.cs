using KafkaFunctions.Worker.Telemetry;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Worker.Tracing;

/// <summary>How many spans batches may write into the traces of their records: so many a second, and as many at once. Under load every
/// record may have a trace of its own, and spans would cost more than what they are about. Safe for concurrent use.</summary>
internal sealed class SpanBudget(IOptions<TelemetryOptions> options, TimeProvider time)
{
    private readonly int _perSecond = options.Value.RecordSpansPerSecond;
    private readonly Lock _lock = new();
    private double _left = options.Value.RecordSpansPerSecond;
    private long _at = time.GetTimestamp();

    /// <returns>How many of those that are wanted may be written.</returns>
    public int Take(int wanted)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _left = Math.Min(_perSecond, _left + (time.GetElapsedTime(_at, now).TotalSeconds * _perSecond));
            _at = now;
            var taken = Math.Min(wanted, (int)_left);
            _left -= taken;
            return taken;
        }
    }
}
