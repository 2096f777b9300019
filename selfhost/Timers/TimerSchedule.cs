using System.Globalization;
using NCrontab;

namespace KafkaFunctions.SelfHost.Timers;

/// <summary>When a timer fires: by a cron expression (six fields, seconds first; or five) in the host's time zone, or by a
/// constant interval.</summary>
internal sealed class TimerSchedule
{
    private static readonly TimeSpan MinimumMonitored = TimeSpan.FromMinutes(1);

    private readonly CrontabSchedule? _cron;
    private readonly TimeSpan _interval;
    private readonly TimeZoneInfo _zone;

    private TimerSchedule(CrontabSchedule? cron, TimeSpan interval, TimeZoneInfo zone)
    {
        _cron = cron;
        _interval = interval;
        _zone = zone;
    }

    /// <summary>Whether firings lie a minute or more apart: as on the Functions host, only such a schedule is monitored.</summary>
    public bool CanBeMonitored(DateTimeOffset now)
    {
        var next = Next(now);
        return Next(next) - next >= MinimumMonitored;
    }

    /// <exception cref="SelfHostException">The text is no schedule.</exception>
    public static TimerSchedule Parse(string text, TimeZoneInfo zone)
    {
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval))
        {
            return interval > TimeSpan.Zero
                ? new TimerSchedule(null, interval, zone)
                : throw new SelfHostException($"the schedule '{text}' is not longer than zero.");
        }

        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        return CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = fields == 6 }) is { } cron
            ? new TimerSchedule(cron, default, zone)
            : throw new SelfHostException($"'{text}' is no schedule. Write six fields (second minute hour day month weekday), such as '0 */5 * * * *', or a time span, such as '00:05:00'.");
    }

    /// <summary>The first firing after a point in time.</summary>
    public DateTimeOffset Next(DateTimeOffset after)
    {
        if (_cron is null)
        {
            return after + _interval;
        }

        var local = TimeZoneInfo.ConvertTime(after, _zone).DateTime;
        while (true)
        {
            local = _cron.GetNextOccurrence(local);

            // Times that the clock skips in spring fire when it has moved on; of those that it repeats in autumn, the first counts.
            var existing = _zone.IsInvalidTime(local) ? local + Gap(local) : local;
            var next = new DateTimeOffset(existing, Offset(existing)).ToUniversalTime();
            if (next > after)
            {
                return next;
            }
        }
    }

    private TimeSpan Gap(DateTime skipped) => _zone.GetUtcOffset(skipped.AddDays(1)) - _zone.GetUtcOffset(skipped.AddDays(-1));

    private TimeSpan Offset(DateTime local) => _zone.IsAmbiguousTime(local) ? _zone.GetAmbiguousTimeOffsets(local).Max() : _zone.GetUtcOffset(local);
}
